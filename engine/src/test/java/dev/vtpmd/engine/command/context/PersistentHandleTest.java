package dev.vtpmd.engine.command.context;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Handles of persistent objects in the handle area of a command (Part 3, 5.4). Codes are those of swtpm 0.7.1. */
class PersistentHandleTest {
    private static final String READ_PUBLIC = "8001 0000000E 00000173 81000002";
    private static final String START_SEQUENCE = "8001 0000000E 00000186 0000 000B";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void aSlotIsNeededBeforeItIsKnownWhetherThereIsAnObject() {
        assertThat(tpm.code(READ_PUBLIC)).isEqualTo(0x18B);
        fillSlots();
        assertThat(tpm.code(READ_PUBLIC)).isEqualTo(0x902);
    }

    @Test
    void noSlotIsNeededToHideTheObjectsOfADisabledHierarchy() {
        fillSlots();
        int disabled = TssCommand.of(0x121)
                .handle(0x40000001)
                .password()
                .parameters("40000001" + "00")
                .sendTo(tpm)
                .code();
        assertThat(disabled).isZero();
        assertThat(tpm.code(READ_PUBLIC)).isEqualTo(0x18B);
    }

    private void fillSlots() {
        for (int i = 0; i < 3; i++) {
            assertThat(tpm.code(START_SEQUENCE)).isZero();
        }
    }
}
