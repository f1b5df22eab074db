package dev.vtpmd.engine.command.countdown;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssAuthorization;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssPolicy;
import dev.vtpmd.engine.tss.TssSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TPM2_ACT_SetTimeout and the authenticated countdown timers (Part 1, 40; Part 3, 33). Codes, and what Shutdown and Startup do to
 * the timers, are those of the TCG's reference code.
 */
class ActSetTimeoutTest {
    private static final int ACT_0 = 0x40000110;
    private static final int ACT_A = 0x4000011A;
    private static final int PLATFORM = 0x4000000C;
    private static final int ACT_SET_TIMEOUT = 0x198;
    private static final int SET_PRIMARY_POLICY = 0x12E;
    private static final int HIERARCHY_CHANGE_AUTH = 0x129;
    private static final int POLICY_COMMAND_CODE = 0x16C;
    private static final int RETRY = 0x922;
    private static final int VALUE_OF_PARAMETER_1 = 0x1C4;
    private static final String NEVER = "FFFFFFFF";
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";

    private final TestTpm tpm = TestTpm.started();

    @Test
    void countsSecondsAndSignalsAtTheEnd() {
        assertThat(set(ACT_0, "00000003")).isZero();
        assertThat(timer(ACT_0)).isEqualTo("00000003" + "00000000");
        tpm.pass(1000);
        assertThat(timer(ACT_0)).isEqualTo("00000002" + "00000000");
        tpm.pass(1999);
        assertThat(timer(ACT_0)).isEqualTo("00000001" + "00000000");
        assertThat(tpm.tpm().countdownSignaled(ACT_0)).isFalse();
        tpm.pass(1);
        assertThat(tpm.tpm().countdownSignaled(ACT_0)).isTrue();
        assertThat(timer(ACT_0)).isEqualTo("00000000" + "00000001");
        assertThat(timer(ACT_A)).isEqualTo("00000000" + "00000000");
        assertThat(tpm.tpm().countdownSignaled(0x40000111)).isFalse();
    }

    @Test
    void aNewTimeoutTakesASecondToBeTaken() {
        assertThat(set(ACT_0, "00000010")).isZero();
        assertThat(set(ACT_0, "00000020")).isEqualTo(RETRY);
        assertThat(set(ACT_A, "00000020")).isZero();
        tpm.pass(1000);
        assertThat(set(ACT_0, "00000020")).isZero();
        assertThat(timer(ACT_0)).startsWith("00000020");
    }

    @Test
    void aNewTimeoutTakesTheSignalBack() {
        assertThat(set(ACT_0, NEVER)).isEqualTo(VALUE_OF_PARAMETER_1);
        runOut();
        assertThat(set(ACT_0, NEVER)).isZero();
        tpm.pass(5000);
        assertThat(timer(ACT_0)).isEqualTo(NEVER + "00000000");
        runOut();
        assertThat(set(ACT_0, "00000010")).isZero();
        tpm.pass(1000);
        assertThat(timer(ACT_0)).isEqualTo("0000000F" + "00000000");
    }

    @Test
    void zeroEndsARunningTimerAsIfItHadRunOut() {
        set(ACT_0, "00000010");
        tpm.pass(1000);
        assertThat(set(ACT_0, "00000000")).isZero();
        tpm.pass(1000);
        assertThat(timer(ACT_0)).isEqualTo("00000000" + "00000001");
        assertThat(set(ACT_A, "00000000")).isZero();
        tpm.pass(1000);
        assertThat(timer(ACT_A)).isEqualTo("00000000" + "00000000");
    }

    @Test
    void thereAreTwoTimers() {
        assertThat(set(0x40000111, "00000010")).isEqualTo(0x184);
        assertThat(set(0x40000120, "00000010")).isEqualTo(0x184);
        assertThat(set(ACT_0, "0010")).isEqualTo(0x1DA);
        assertThat(set(ACT_0, "0000001000")).isEqualTo(0x095);
        assertThat(capability("0000000A 40000110 00000001"))
                .isEqualTo("01" + "0000000A" + "00000001" + "40000110" + "00000000" + "00000000");
        assertThat(capability("0000000A 40000111 0000000A"))
                .isEqualTo("00" + "0000000A" + "00000001" + "4000011A" + "00000000" + "00000000");
    }

    @Test
    void thePlatformAuthorizes() {
        assertThat(TssCommand.of(HIERARCHY_CHANGE_AUTH)
                        .handle(PLATFORM)
                        .password()
                        .parameters("0001 61")
                        .code(tpm))
                .isZero();
        assertThat(set(ACT_0, "00000010")).isEqualTo(0x9A2);
        byte[] platformAuth = {'a'};
        assertThat(TssCommand.of(ACT_SET_TIMEOUT)
                        .handle(ACT_0)
                        .password(platformAuth)
                        .parameters("00000010")
                        .code(tpm))
                .isZero();
        assertThat(TssCommand.of(0x121)
                        .handle(PLATFORM)
                        .password(platformAuth)
                        .parameters("4000000C 00")
                        .code(tpm))
                .isZero();
        assertThat(TssCommand.of(ACT_SET_TIMEOUT)
                        .handle(ACT_0)
                        .password(platformAuth)
                        .parameters("00000010")
                        .code(tpm))
                .isEqualTo(0x12F);
    }

    @Test
    void aPolicyAuthorizesUntilTheNextReset() {
        byte[] policy = new TssPolicy()
                .then(POLICY_COMMAND_CODE, new byte[] {0, 0, 1, (byte) 0x98})
                .digest();
        assertThat(setWithPolicy()).isEqualTo(0x12F);
        assertThat(TssCommand.of(SET_PRIMARY_POLICY)
                        .handle(ACT_0)
                        .password()
                        .sized(policy)
                        .parameters("000B")
                        .code(tpm))
                .isZero();
        assertThat(setWithPolicy()).isZero();
        assertThat(capability("00000009 40000110 00000001"))
                .startsWith("01" + "00000009" + "00000001" + "40000110000B");
        assertThat(capability("00000009 40000111 00000001"))
                .isEqualTo("00" + "00000009" + "00000001" + "4000011A" + "0010");
        tpm.send(SHUTDOWN_STATE);
        tpm.losePower();
        tpm.send(STARTUP_STATE);
        tpm.pass(1000);
        assertThat(setWithPolicy()).isZero();
        tpm.losePower();
        tpm.send(STARTUP_CLEAR);
        assertThat(setWithPolicy()).isEqualTo(0x12F);
    }

    /** A timer that nobody set meanwhile loses half of its time with every shutdown but the first. */
    @Test
    void aResumeGoesOnWithWhatWasLeft() {
        set(ACT_0, "00000064");
        tpm.pass(1000);
        resume();
        assertThat(timer(ACT_0)).isEqualTo("00000063" + "00000000");
        resume();
        assertThat(timer(ACT_0)).isEqualTo("00000031" + "00000000");
        tpm.pass(1000);
        assertThat(set(ACT_0, "00000064")).isZero();
        resume();
        assertThat(timer(ACT_0)).isEqualTo("00000064" + "00000000");
    }

    @Test
    void aSignalOutlivesAResumeOnly() {
        runOut();
        resume();
        assertThat(timer(ACT_0)).isEqualTo("00000000" + "00000001");
        tpm.send(SHUTDOWN_STATE);
        tpm.losePower();
        tpm.send(STARTUP_CLEAR);
        assertThat(timer(ACT_0)).isEqualTo("00000000" + "00000000");
    }

    @Test
    void goesOnWhereItWasWhenTheVirtualMachineMoves() {
        set(ACT_0, "00000064");
        tpm.pass(1000);
        set(ACT_0, "00000050");
        tpm.suspendAndResume();
        assertThat(set(ACT_0, "00000040")).isEqualTo(RETRY);
        tpm.pass(1000);
        assertThat(timer(ACT_0)).isEqualTo("0000004F" + "00000000");
    }

    @Test
    void endsTheOrderlyState() {
        tpm.send(SHUTDOWN_STATE);
        assertThat(set(ACT_0, "00000064")).isZero();
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(VALUE_OF_PARAMETER_1);
    }

    private void runOut() {
        set(ACT_0, "00000001");
        tpm.pass(1000);
        assertThat(tpm.tpm().countdownSignaled(ACT_0)).isTrue();
    }

    private void resume() {
        tpm.send(SHUTDOWN_STATE);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isZero();
    }

    private int set(int handle, String timeout) {
        return TssCommand.of(ACT_SET_TIMEOUT)
                .handle(handle)
                .password()
                .parameters(timeout)
                .code(tpm);
    }

    private int setWithPolicy() {
        TssSession session = TssSession.policy(tpm, TssCrypto.SHA256, TssSession.NO_SYMMETRIC);
        TssCommand.of(POLICY_COMMAND_CODE)
                .handle(session.handle())
                .parameters("00000198")
                .code(tpm);
        return TssCommand.of(ACT_SET_TIMEOUT)
                .handle(ACT_0)
                .authorization(TssAuthorization.policy(session, 0))
                .parameters("00000010")
                .code(tpm);
    }

    /** Timeout and TPMA_ACT, as TPM2_GetCapability reports them. */
    private String timer(int handle) {
        return capability("0000000A %08X 00000001".formatted(handle)).substring(26);
    }

    private String capability(String parameters) {
        return TssCommand.of(0x17A).parameters(parameters).sendTo(tpm).parameters();
    }
}
