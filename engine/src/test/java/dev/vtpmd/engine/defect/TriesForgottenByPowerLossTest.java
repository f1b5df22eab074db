package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssNvIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2020-26933: revisions 1.38 to 1.59 of the specification did not begin well with the mark (daUsed) that a protected
 * authValue was used, so that an attacker who cut the power instead of shutting down could try authValues without reaching the
 * lockout.
 */
class TriesForgottenByPowerLossTest {
    private static final int AUTH_FAIL_OF_SESSION_1 = 0x98E;
    private static final int LOCKOUT = 0x921;
    private static final int NV_UNAVAILABLE = 0x923;
    private static final int MAX_TRIES = 3;
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final byte[] RIGHT = {'r'};
    private static final byte[] WRONG = {'w'};

    private final TestTpm tpm = TestTpm.started();
    private TssNvIndex index;

    @BeforeEach
    void define() {
        index = TssNvIndex.define(tpm, 0x01500001, TssNvIndex.OWNER_AND_AUTH, RIGHT, 8);
        index.writeAsOwner("0000000000000000");
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
        start();
    }

    @Test
    void aFailureCountsThoughThePowerIsCutAfterIt() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(use(WRONG)).isNotZero();
            start();
        }
        assertThat(use(RIGHT)).isEqualTo(LOCKOUT);
    }

    /** What a power failure may have hidden is taken for a failure. */
    @Test
    void aUseCountsThatThePowerIsCutAfter() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(use(RIGHT)).isZero();
            start();
        }
        assertThat(use(RIGHT)).isEqualTo(LOCKOUT);
    }

    /** The shutdown cleared the mark; what comes after it must set it again. */
    @ParameterizedTest
    @ValueSource(strings = {SHUTDOWN_CLEAR, SHUTDOWN_STATE})
    void aUseAfterTheShutdownCounts(String shutdown) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(tpm.code(shutdown)).isZero();
            assertThat(use(RIGHT)).isZero();
            start();
        }
        assertThat(use(RIGHT)).isEqualTo(LOCKOUT);
    }

    @Test
    void aUseAfterAResumeCounts() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
            tpm.losePower();
            assertThat(tpm.code(STARTUP_STATE)).isZero();
            assertThat(use(RIGHT)).isZero();
            start();
        }
        assertThat(use(RIGHT)).isEqualTo(LOCKOUT);
    }

    @Test
    void ordersThatAreKeptCountNothing() {
        for (int tries = 0; tries < 2 * MAX_TRIES; tries++) {
            assertThat(use(RIGHT)).isZero();
            assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
            start();
        }
        assertThat(use(RIGHT)).isZero();
    }

    /** Where the mark cannot be stored, right and wrong get the same answer. */
    @Test
    void nothingIsToldBeforeTheMarkIsStored() {
        tpm.storageFails(true);
        assertThat(use(RIGHT)).isEqualTo(NV_UNAVAILABLE);
        assertThat(use(WRONG)).isEqualTo(NV_UNAVAILABLE);
        tpm.tpm().nvAvailable(false);
        assertThat(use(RIGHT)).isEqualTo(NV_UNAVAILABLE);
        assertThat(use(WRONG)).isEqualTo(NV_UNAVAILABLE);
    }

    /** Where a failure cannot be stored, right and wrong get the same answer until it is. */
    @Test
    void nothingIsToldBeforeAFailureIsStored() {
        assertThat(use(RIGHT)).isZero();
        tpm.storageFails(true);
        assertThat(use(WRONG)).isEqualTo(NV_UNAVAILABLE);
        assertThat(use(RIGHT)).isEqualTo(NV_UNAVAILABLE);
        assertThat(use(RIGHT)).isEqualTo(NV_UNAVAILABLE);
        tpm.storageFails(false);
        assertThat(tpm.code("80010000000A00000181")).isZero();
        assertThat(use(RIGHT)).isZero();
        assertThat(use(WRONG)).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(use(WRONG)).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(use(WRONG)).isEqualTo(LOCKOUT);
    }

    private int use(byte[] authValue) {
        return index.read().password(authValue).code(tpm);
    }

    private void start() {
        tpm.losePower();
        assertThat(tpm.code(STARTUP_CLEAR)).isZero();
    }
}
