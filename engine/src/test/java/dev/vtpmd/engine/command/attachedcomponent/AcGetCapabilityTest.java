package dev.vtpmd.engine.command.attachedcomponent;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_AC_GetCapability: lists as Part 3, 32.2 says, codes as the types of its table give. */
class AcGetCapabilityTest {
    private static final int AC_GET_CAPABILITY = 0x194;
    private static final String PAIRING = "00000002" + "01234567";
    private static final String VENDORS = "80000004" + "00000088" + "80000005" + "00000099";

    private final TestTpm tpm = TestTpm.startedWith(new RecordingComponent());

    @Test
    void listsTheValuesFromATagOn() {
        assertThat(get("00000000", "0000007F").parameters()).isEqualTo("00" + "00000003" + PAIRING + VENDORS);
        assertThat(get("00000002", "FFFFFFFF").parameters()).isEqualTo("00" + "00000003" + PAIRING + VENDORS);
        assertThat(get("80000000", "0000007F").parameters()).isEqualTo("00" + "00000002" + VENDORS);
        assertThat(get("80000006", "0000007F").parameters()).isEqualTo("00" + "00000000");
    }

    @Test
    void saysWhetherThereIsMore() {
        assertThat(get("00000000", "00000001").parameters()).isEqualTo("01" + "00000001" + PAIRING);
        assertThat(get("00000000", "00000003").parameters()).startsWith("00" + "00000003");
        assertThat(get("00000000", "00000000").parameters()).isEqualTo("01" + "00000000");
    }

    @Test
    void refusesWrongParameters() {
        assertThat(get("00000003", "00000001").code()).isEqualTo(0x1C4);
        assertThat(get("00000000", "").code()).isEqualTo(0x2DA);
        assertThat(get("00000000", "0000000100").code()).isEqualTo(0x095);
    }

    @Test
    void refusesAComponentThatIsNotThere() {
        assertThat(ask(0x90000000).code(tpm)).isEqualTo(0x184);
        assertThat(ask(0x90010000).code(tpm)).isEqualTo(0x184);
        assertThat(ask(RecordingComponent.HANDLE).code(TestTpm.started())).isEqualTo(0x184);
    }

    private TssResponse get(String capability, String count) {
        return TssCommand.of(AC_GET_CAPABILITY)
                .handle(RecordingComponent.HANDLE)
                .parameters(capability + count)
                .sendTo(tpm);
    }

    private static TssCommand ask(int component) {
        return TssCommand.of(AC_GET_CAPABILITY).handle(component).parameters("0000000000000001");
    }
}
