package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_PCR_Allocate (Part 3, 22.5). */
class PcrAllocateTest {
    private static final int PLATFORM = 0x4000000C;
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final String READ_SHA1_AND_SHA256 =
            "80010000001A0000017E 00000002" + "000403010000" + "000B03010000";
    private static final String ONLY_SHA256 =
            "00000004" + "000403000000" + "000B03FFFFFF" + "000C03000000" + "000D03000000";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void takesEffectWithTheNextReset() {
        assertThat(allocate(ONLY_SHA256).parameters()).startsWith("01" + "00000018" + "00000300");
        assertThat(tpm.send(READ_SHA1_AND_SHA256)).contains("00000002" + "000403010000" + "000B03010000" + "00000002");
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.send(READ_SHA1_AND_SHA256)).contains("00000002" + "000403000000" + "000B03010000" + "00000001");
    }

    @Test
    void aBankThatIsNotMentionedStays() {
        assertThat(allocate("00000001" + "000403000000").code()).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.send(READ_SHA1_AND_SHA256)).contains("00000002" + "000403000000" + "000B03010000" + "00000001");
    }

    @Test
    void theNextStartCannotBeAResume() {
        assertThat(allocate(ONLY_SHA256).code()).isZero();
        assertThat(tpm.code(SHUTDOWN_STATE)).isEqualTo(0x1CA);
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
    }

    @Test
    void aBankMustHoldTheFirmwaresPcr() {
        String none = "00000004" + "000403000000" + "000B03000000" + "000C03000000" + "000D03000000";
        assertThat(allocate(none).code()).isEqualTo(0x127);
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
    }

    private TssResponse allocate(String selection) {
        return TssCommand.of(0x12B)
                .handle(PLATFORM)
                .password()
                .parameters(selection)
                .sendTo(tpm);
    }
}
