package dev.vtpmd.engine.command.miscellaneous;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_SetAlgorithmSet, with the answers of swtpm 0.7.1. */
class SetAlgorithmSetTest {
    private final TestTpm tpm = TestTpm.started();

    @Test
    void isReportedAsAPropertyFromThenOn() {
        assertThat(property()).isEqualTo("010000000600000001" + "0000020C00000000");
        assertThat(set(0x4000000C, "00000005")).isZero();
        assertThat(property()).isEqualTo("010000000600000001" + "0000020C00000005");
        tpm.losePower();
        tpm.send("80010000000C000001440000");
        assertThat(property()).isEqualTo("010000000600000001" + "0000020C00000005");
    }

    @Test
    void onlyThePlatformChooses() {
        assertThat(set(0x40000001, "00000005")).isEqualTo(0x184);
        assertThat(set(0x4000000C, "0005")).isEqualTo(0x1DA);
        assertThat(set(0x4000000C, "0000000500")).isEqualTo(0x095);
        assertThat(property()).endsWith("0000020C00000000");
    }

    private int set(int handle, String value) {
        return TssCommand.of(0x13F).handle(handle).password().parameters(value).code(tpm);
    }

    private String property() {
        return TssCommand.of(0x17A)
                .parameters("00000006 0000020C 00000001")
                .sendTo(tpm)
                .parameters();
    }
}
