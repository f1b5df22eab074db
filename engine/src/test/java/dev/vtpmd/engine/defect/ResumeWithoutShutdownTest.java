package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssPcrs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2018-6622: a TPM that lost power without TPM2_Shutdown(STATE) and was then started with TPM2_Startup(STATE), as after a
 * suspend to memory, came up with PCRs at their start values instead of refusing, so that software could extend any history of
 * a boot into them.
 */
class ResumeWithoutShutdownTest {
    private static final int VALUE_OF_PARAMETER_1 = 0x1C4;
    private static final int INITIALIZE = 0x100;
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final String READ_CLOCK = "80010000000A00000181";
    private static final String READ_PCR_7 = "8001 00000014 0000017E 00000001 000B 03 800000";

    private final TestTpm tpm = TestTpm.started();
    private final TssPcrs pcrs = new TssPcrs(tpm);

    @Test
    void isRefusedAndLeavesTheTpmWithoutPcrsToReadOrExtend() {
        assertThat(pcrs.extend(0, 7)).isZero();
        tpm.losePower();
        refusesToResume();
    }

    @Test
    void isRefusedAfterAShutdownOfTheOtherKind() {
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
        tpm.losePower();
        refusesToResume();
    }

    /** Each command changes something that the shutdown saved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8002 00000041 00000182 00000007 00000009 40000009 0000 01 0000 00000001 000B"
                        + "1111111111111111111111111111111111111111111111111111111111111111",
                "8002 0000001D 00000129 4000000C 00000009 40000009 0000 01 0000 0000"
            })
    void isRefusedIfStateChangedAfterTheShutdown(String change) {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        assertThat(tpm.code(change)).isZero();
        tpm.losePower();
        refusesToResume();
    }

    /** What was saved serves for one start. */
    @Test
    void isRefusedForTheSecondTime() {
        assertThat(pcrs.extend(0, 7)).isZero();
        String extended = pcrs.value(7);
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isZero();
        assertThat(pcrs.value(7)).isEqualTo(extended);
        assertThat(pcrs.extend(0, 7)).isZero();
        tpm.losePower();
        refusesToResume();
    }

    @Test
    void isRefusedEvenIfTheTpmWasResumedAndNothingElseHappened() {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isZero();
        tpm.losePower();
        refusesToResume();
    }

    /** Firmware that measures itself at one start and not at the other is not the same platform. */
    @Test
    void isRefusedIfTheRootOfMeasurementCameOrWent() {
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        tpm.measureLaunch("AA");
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(VALUE_OF_PARAMETER_1);
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        tpm.losePower();
        tpm.measureLaunch("AA");
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(VALUE_OF_PARAMETER_1);
    }

    private void refusesToResume() {
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(VALUE_OF_PARAMETER_1);
        assertThat(tpm.code(READ_PCR_7)).isEqualTo(INITIALIZE);
        assertThat(pcrs.extend(0, 7)).isEqualTo(INITIALIZE);
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
        assertThat(pcrs.value(7)).isEqualTo("00".repeat(32));
        // A verifier sees the reset: resetCount counts it, restartCount is 0.
        assertThat(tpm.send(READ_CLOCK).substring(20 + 32, 20 + 48)).isEqualTo("0000000200000000");
    }
}
