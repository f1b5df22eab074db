package dev.vtpmd.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TpmTest {
    private static final String STARTUP_CLEAR = "80010000000C000001440000";
    private static final String STARTUP_STATE = "80010000000C000001440001";
    private static final String SHUTDOWN_STATE = "80010000000C000001450001";
    private static final String GET_RANDOM = "80010000000C0000017B0008";
    /** An RSA-1024 signing key in the null hierarchy. */
    private static final String CREATE_RSA_PRIMARY = "8002 00000041 00000131 40000007 00000009 40000009 0000 00 0000"
            + "0004 0000 0000" + "0018 0001 000B 00040072 0000 0010 0014 000B 0400 00000000 0000" + "0000 00000000";

    private static final String SUCCESS = "80010000000A00000000";
    /** Part 3, 9.3: TPM_RC_INITIALIZE. */
    private static final String NOT_STARTED = "80010000000A00000100";

    @Test
    void answersNothingBeforeStartup() {
        TestTpm tpm = new TestTpm();
        assertThat(tpm.send(GET_RANDOM)).isEqualTo(NOT_STARTED);
        assertThat(tpm.send(STARTUP_CLEAR)).isEqualTo(SUCCESS);
        assertThat(tpm.send(GET_RANDOM)).startsWith("80010000001400000000" + "0008");
        assertThat(tpm.send(STARTUP_CLEAR)).isEqualTo(NOT_STARTED);
    }

    @Test
    void answersBadHeadersAsTheReferenceDoes() {
        TestTpm tpm = TestTpm.started();
        assertThat(tpm.code("")).isEqualTo(0x09A);
        assertThat(tpm.code("8001")).isEqualTo(0x09A);
        assertThat(tpm.code("00C40000000A0000017B")).isEqualTo(0x01E);
        assertThat(tpm.code("12340000000A0000017B")).isEqualTo(0x084);
        assertThat(tpm.code("80010000000D0000017B0008")).isEqualTo(0x142);
        assertThat(tpm.code("80010000000A00000123")).isEqualTo(0x143);
        assertThat(tpm.code("80010000000B0000017B00")).isEqualTo(0x1DA);
        assertThat(tpm.code("80010000000D0000017B000800")).isEqualTo(0x095);
    }

    @Test
    void resumesOnlyAfterShutdownWithState() {
        TestTpm tpm = new TestTpm();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(0x1C4);
        assertThat(tpm.send(STARTUP_CLEAR)).isEqualTo(SUCCESS);
        assertThat(tpm.send(SHUTDOWN_STATE)).isEqualTo(SUCCESS);
        tpm.losePower();
        assertThat(tpm.send(STARTUP_STATE)).isEqualTo(SUCCESS);
    }

    /** Part 3, 24.1 and 10.2: TPM_RC_CANCELED. */
    @Test
    void endsWhatTakesLongWhenThePlatformCancelsIt() {
        TestTpm tpm = TestTpm.started();
        tpm.tpm().cancel(true);
        assertThat(tpm.code(CREATE_RSA_PRIMARY)).isEqualTo(0x909);
        assertThat(tpm.code("80010000000B0000014301")).isEqualTo(0x909);
        assertThat(tpm.code(GET_RANDOM)).isZero();
        tpm.tpm().cancel(false);
        assertThat(tpm.code(CREATE_RSA_PRIMARY)).isZero();
        assertThat(tpm.code("80010000000B0000014301")).isZero();
    }

    @Test
    void staysAsItWasWhenStorageFails() {
        TestTpm tpm = TestTpm.started();
        tpm.storageFails(true);
        assertThat(tpm.code(SHUTDOWN_STATE)).isEqualTo(0x923);
        tpm.storageFails(false);
        tpm.losePower();
        assertThat(tpm.code(STARTUP_STATE)).isEqualTo(0x1C4);
    }
}
