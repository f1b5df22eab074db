package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.ProtectedIndex;
import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.vtpmd.engine.ProtectedIndex.AUTH_FAIL_OF_SESSION_1;
import static dev.vtpmd.engine.ProtectedIndex.LOCKOUT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * CVE-2020-26933: revisions 1.38 to 1.59 of the specification did not begin well with the mark (daUsed) that a protected
 * authValue was used, so that an attacker who cut the power instead of shutting down could try authValues without reaching the
 * lockout.
 */
class TriesForgottenByPowerLossTest {
    private static final int NV_UNAVAILABLE = 0x923;
    private static final int MAX_TRIES = 3;
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_CLEAR = "80010000000C000001450000";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";

    private final TestTpm tpm = TestTpm.started();
    private final ProtectedIndex index = new ProtectedIndex(tpm);

    @BeforeEach
    void startInOrder() {
        assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
        index.cutPower();
    }

    @Test
    void aFailureCountsThoughThePowerIsCutAfterIt() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(index.guess()).isNotZero();
            index.cutPower();
        }
        assertThat(index.useRightly()).isEqualTo(LOCKOUT);
    }

    /** What a power failure may have hidden is taken for a failure. */
    @Test
    void aUseCountsThatThePowerIsCutAfter() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(index.useRightly()).isZero();
            index.cutPower();
        }
        assertThat(index.useRightly()).isEqualTo(LOCKOUT);
    }

    /** The shutdown cleared the mark; what comes after it must set it again. */
    @ParameterizedTest
    @ValueSource(strings = {SHUTDOWN_CLEAR, SHUTDOWN_STATE})
    void aUseAfterTheShutdownCounts(String shutdown) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(tpm.code(shutdown)).isZero();
            assertThat(index.useRightly()).isZero();
            index.cutPower();
        }
        assertThat(index.useRightly()).isEqualTo(LOCKOUT);
    }

    @Test
    void aUseAfterAResumeCounts() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            assertThat(tpm.code(SHUTDOWN_STATE)).isZero();
            tpm.losePower();
            assertThat(tpm.code(STARTUP_STATE)).isZero();
            assertThat(index.useRightly()).isZero();
            index.cutPower();
        }
        assertThat(index.useRightly()).isEqualTo(LOCKOUT);
    }

    @Test
    void ordersThatAreKeptCountNothing() {
        for (int tries = 0; tries < 2 * MAX_TRIES; tries++) {
            assertThat(index.useRightly()).isZero();
            assertThat(tpm.code(SHUTDOWN_CLEAR)).isZero();
            index.cutPower();
        }
        assertThat(index.useRightly()).isZero();
    }

    /** Where the mark cannot be stored, right and wrong get the same answer. */
    @Test
    void nothingIsToldBeforeTheMarkIsStored() {
        tpm.storageFails(true);
        assertThat(index.useRightly()).isEqualTo(NV_UNAVAILABLE);
        assertThat(index.guess()).isEqualTo(NV_UNAVAILABLE);
        tpm.tpm().nvAvailable(false);
        assertThat(index.useRightly()).isEqualTo(NV_UNAVAILABLE);
        assertThat(index.guess()).isEqualTo(NV_UNAVAILABLE);
    }

    /** Where a failure cannot be stored, right and wrong get the same answer until it is. */
    @Test
    void nothingIsToldBeforeAFailureIsStored() {
        assertThat(index.useRightly()).isZero();
        tpm.storageFails(true);
        assertThat(index.guess()).isEqualTo(NV_UNAVAILABLE);
        assertThat(index.useRightly()).isEqualTo(NV_UNAVAILABLE);
        assertThat(index.useRightly()).isEqualTo(NV_UNAVAILABLE);
        tpm.storageFails(false);
        assertThat(tpm.code("80010000000A00000181")).isZero();
        assertThat(index.useRightly()).isZero();
        assertThat(index.guess()).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(index.guess()).isEqualTo(AUTH_FAIL_OF_SESSION_1);
        assertThat(index.guess()).isEqualTo(LOCKOUT);
    }
}
