package dev.vtpmd.engine.pcr;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssPcrs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** _TPM_Hash_Start, _Data and _End (Part 3, 22.9 to 22.11). */
class MeasuredLaunchTest {
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final String READ_CLOCK = "80010000000A00000181";
    private static final String SHA256_ABC = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";

    private final TestTpm tpm = new TestTpm();
    private final TssPcrs pcrs = new TssPcrs(tpm);

    @Test
    void aDynamicLaunchResetsItsPcrsAndExtends17() {
        start();
        assertThat(pcrs.value(17)).isEqualTo("FF".repeat(32));
        tpm.measureLaunch("616263");
        assertThat(pcrs.value(17)).isEqualTo(TssPcrs.extended("00".repeat(32), SHA256_ABC));
        assertThat(pcrs.value(22)).isEqualTo("00".repeat(32));
    }

    @Test
    void aDynamicLaunchLeavesTheOtherPcrs() {
        start();
        assertThat(pcrs.extend(0, 16)).isZero();
        String before = pcrs.value(16);
        tpm.measureLaunch("616263");
        assertThat(pcrs.value(16)).isEqualTo(before);
    }

    @Test
    void anHcrtmIsMeasuredIntoPcr0BeforeStartup() {
        tpm.measureLaunch("616263");
        start();
        assertThat(pcrs.value(0)).isEqualTo(TssPcrs.extended("00".repeat(31) + "04", SHA256_ABC));
        assertThat(pcrs.value(17)).isEqualTo("FF".repeat(32));
    }

    @Test
    void aStartFromLocality3ShowsInPcr0() {
        assertThat(TestTpm.codeOf(tpm.send(3, STARTUP_CLEAR))).isZero();
        assertThat(pcrs.value(0)).isEqualTo("00".repeat(31) + "03");
    }

    @Test
    void aStartFromAnotherLocalityIsRefused() {
        for (int locality : new int[] {1, 2, 4}) {
            assertThat(TestTpm.codeOf(tpm.send(locality, STARTUP_CLEAR))).isEqualTo(0x907);
        }
    }

    @Test
    void aResumeComesFromTheLocalityOfTheStart() {
        assertThat(TestTpm.codeOf(tpm.send(3, STARTUP_CLEAR))).isZero();
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(0x907);
        assertThat(TestTpm.codeOf(tpm.send(3, STARTUP_STATE))).isZero();
        assertThat(pcrs.value(0)).isEqualTo("00".repeat(31) + "03");
    }

    @Test
    void aResumeNeedsTheHcrtmAgain() {
        tpm.measureLaunch("616263");
        start();
        assertThat(pcrs.extend(0, 0)).isZero();
        String before = pcrs.value(0);
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(0x1C4);
        tpm.measureLaunch("616263");
        assertThat(tpm.code(STARTUP_STATE)).isZero();
        assertThat(pcrs.value(0)).isEqualTo(before);
        assertThat(pcrs.updateCounter()).isEqualTo(20 + 1 + 4);
    }

    @Test
    void aRestartMeasuresTheHcrtmAnew() {
        start();
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        tpm.measureLaunch("616263");
        tpm.suspendAndResume();
        start();
        assertThat(pcrs.value(0)).isEqualTo(TssPcrs.extended("00".repeat(31) + "04", SHA256_ABC));
        assertThat(pcrs.updateCounter()).isEqualTo(20 + 20);
    }

    @Test
    void aSecondPowerCycleForgetsTheMeasurementAndNotTheShutdown() {
        start();
        assertThat(pcrs.extend(0, 0)).isZero();
        String before = pcrs.value(0);
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        tpm.measureLaunch("616263");
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isZero();
        assertThat(pcrs.value(0)).isEqualTo(before);
    }

    @Test
    void aDeviceThatIsSuspendedBeforeStartupStillKnowsHowItWasStarted() {
        tpm.measureLaunch("616263");
        start();
        assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
        tpm.losePower();
        tpm.suspendAndResume();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(0x1C4);
        tpm.measureLaunch("616263");
        assertThat(tpm.code(STARTUP_STATE)).isZero();
    }

    @Test
    void aCommandEndsTheSequence() {
        start();
        tpm.tpm().hashStart();
        assertThat(tpm.code(READ_CLOCK)).isZero();
        tpm.tpm().hashEnd();
        assertThat(pcrs.value(17)).isEqualTo("FF".repeat(32));
    }

    private void start() {
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
    }
}
