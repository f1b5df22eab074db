package dev.vtpmd.engine.command.dictionaryattack;

import dev.vtpmd.engine.ProtectedIndex;
import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import org.junit.jupiter.api.Test;

import static dev.vtpmd.engine.ProtectedIndex.AUTH_FAIL_OF_SESSION_1;
import static dev.vtpmd.engine.ProtectedIndex.LOCKOUT;
import static org.assertj.core.api.Assertions.assertThat;

/** Dictionary attack protection (Part 1, 19.8), with an NV index that has it. */
class DictionaryAttackTest {
    private static final int LOCKOUT_HANDLE = 0x4000000A;
    private static final int OWNER = 0x40000001;
    private static final int LOCK_RESET = 0x139;
    private static final int PARAMETERS = 0x13A;
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    /** TPM_PT_LOCKOUT_COUNTER, _MAX_AUTH_FAIL, _LOCKOUT_INTERVAL, _LOCKOUT_RECOVERY. */
    private static final String READ_PROPERTIES = "8001 00000016 0000017A 00000006 0000020E 00000004";

    private static final byte[] WRONG = {'w'};

    private final TestTpm tpm = TestTpm.started();
    private final ProtectedIndex index = new ProtectedIndex(tpm);

    @Test
    void theDefaultsAreThreeTriesAndAThousandSeconds() {
        assertThat(properties()).isEqualTo("0000020E 00000000 0000020F 00000003 00000210 000003E8 00000211 000003E8");
    }

    @Test
    void threeFailuresLockOut() {
        for (int tries = 0; tries < 3; tries++) {
            assertThat(index.guess()).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        }
        assertThat(index.guess()).isEqualTo(LOCKOUT);
        assertThat(index.useRightly()).isEqualTo(LOCKOUT);
        assertThat(properties()).startsWith("0000020E 00000003");
        assertThat(index.readAsOwner()).isEqualTo("0000000000000000");
        assertThat(lockReset()).isZero();
        assertThat(index.useRightly()).isZero();
    }

    @Test
    void aSuccessForgetsNoFailure() {
        assertThat(index.guess()).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(index.useRightly()).isZero();
        assertThat(properties()).startsWith("0000020E 00000001");
    }

    @Test
    void failuresAreForgottenOneByOne() {
        index.guess();
        index.guess();
        tpm.pass(999_999);
        assertThat(properties()).startsWith("0000020E 00000002");
        tpm.pass(1);
        assertThat(properties()).startsWith("0000020E 00000001");
        tpm.pass(1_000_000);
        assertThat(properties()).startsWith("0000020E 00000000");
    }

    @Test
    void theTimeOfForgettingBeginsAnewWithEachFailure() {
        index.guess();
        tpm.pass(600_000);
        index.guess();
        tpm.pass(600_000);
        assertThat(properties()).startsWith("0000020E 00000002");
        tpm.pass(400_000);
        assertThat(properties()).startsWith("0000020E 00000001");
    }

    @Test
    void timeBeforeAnOrderlyShutdownCounts() {
        index.guess();
        tpm.pass(600_000);
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
        index.cutPower();
        tpm.pass(400_000);
        assertThat(properties()).startsWith("0000020E 00000000");
    }

    @Test
    void aPowerFailureCountsAsAFailureIfAProtectedValueWasUsed() {
        assertThat(index.useRightly()).isZero();
        index.cutPower();
        assertThat(properties()).startsWith("0000020E 00000001");
        index.cutPower();
        assertThat(properties()).startsWith("0000020E 00000001");
    }

    @Test
    void anOrderlyShutdownCountsNothing() {
        assertThat(index.useRightly()).isZero();
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
        index.cutPower();
        assertThat(properties()).startsWith("0000020E 00000000");
    }

    @Test
    void failuresOutliveAPowerFailure() {
        index.guess();
        index.guess();
        index.guess();
        index.cutPower();
        assertThat(index.useRightly()).isEqualTo(LOCKOUT);
        assertThat(properties()).startsWith("0000020E 00000003");
    }

    @Test
    void withoutRecoveryTimeNothingIsCounted() {
        assertThat(parameters("00000003 00000000 00000000")).isZero();
        for (int tries = 0; tries < 5; tries++) {
            assertThat(index.guess()).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        }
        assertThat(index.useRightly()).isZero();
    }

    @Test
    void withoutTriesEverythingIsLocked() {
        assertThat(parameters("00000000 000003E8 000003E8")).isZero();
        assertThat(index.useRightly()).isEqualTo(LOCKOUT);
    }

    @Test
    void newParametersForgetNoFailure() {
        index.guess();
        assertThat(parameters("00000005 00000064 00000064")).isZero();
        assertThat(properties()).isEqualTo("0000020E 00000001 0000020F 00000005 00000210 00000064 00000211 00000064");
    }

    @Test
    void oneFailureDisablesLockoutAuth() {
        assertThat(lockReset(WRONG)).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(lockReset()).isEqualTo(LOCKOUT);
        assertThat(properties()).startsWith("0000020E 00000000");
        tpm.pass(999_999);
        assertThat(lockReset()).isEqualTo(LOCKOUT);
        tpm.pass(1);
        assertThat(lockReset()).isZero();
    }

    @Test
    void aDisabledLockoutAuthStaysSoAfterAPowerFailure() {
        assertThat(lockReset(WRONG)).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        index.cutPower();
        assertThat(lockReset()).isEqualTo(LOCKOUT);
    }

    @Test
    void withoutLockoutRecoveryAStartEnablesLockoutAuth() {
        assertThat(parameters("00000003 000003E8 00000000")).isZero();
        assertThat(lockReset(WRONG)).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(lockReset()).isEqualTo(LOCKOUT);
        index.cutPower();
        assertThat(lockReset()).isZero();
    }

    @Test
    void hierarchiesAreNotProtected() {
        for (int tries = 0; tries < 5; tries++) {
            assertThat(TssCommand.of(0x130)
                            .handle(OWNER)
                            .password(WRONG)
                            .parameters("00")
                            .code(tpm))
                    .isEqualTo(0x9A2);
        }
        assertThat(properties()).startsWith("0000020E 00000000");
    }

    private int lockReset() {
        return lockReset(new byte[0]);
    }

    private int lockReset(byte[] authValue) {
        return TssCommand.of(LOCK_RESET)
                .handle(LOCKOUT_HANDLE)
                .password(authValue)
                .code(tpm);
    }

    private int parameters(String values) {
        return TssCommand.of(PARAMETERS)
                .handle(LOCKOUT_HANDLE)
                .password()
                .parameters(values)
                .code(tpm);
    }

    private String properties() {
        String response = tpm.send(READ_PROPERTIES);
        return response.substring(response.length() - 64).replaceAll("(.{8})(?!$)", "$1 ");
    }
}
