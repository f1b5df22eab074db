package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.TestTpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be wrong with an authorization area (Part 3, 5.5), with the codes of the TCG's reference code. */
class AuthorizationAreaTest {
    private static final String CLOCK_RATE_ADJUST = "00000130";
    private static final String GET_RANDOM = "0000017B";
    private static final String OWNER = "40000001";
    private static final String PASSWORD = "40000009 0000 01 0000";
    private static final String HMAC_SESSION = "02000000 0000 01 0000";
    private static final String POLICY_SESSION = "03000001 0000 01 0000";
    private static final String START_SESSION =
            "8001 0000002B 00000176 40000007 40000007 0010" + "11".repeat(16) + "0000 %s 0010 000B";

    private final TestTpm tpm = TestTpm.started();

    @ParameterizedTest
    @CsvSource({
        "40000009 0000 01 0000,      000, an empty password",
        "40000009 0000 00 0000,      000, continueSession does not matter",
        "40000009 0000 01 0001 61,   9A2, a wrong password",
        "40000009 0001 61 01 0000,   98F, a nonce",
        "40000009 0000 21 0000,      982, decrypt",
        "40000009 0000 41 0000,      982, encrypt",
        "40000009 0000 81 0000,      982, audit",
        "40000009 0000 03 0000,      982, auditExclusive",
        "40000009 0000 05 0000,      982, auditReset",
        "40000009 0000 09 0000,      9A1, a reserved bit",
        "40000009 0000 11 0000,      9A1, a reserved bit",
        "40000001 0000 01 0000,      984, no session",
        "02000040 0000 01 0000,      984, a session number beyond the range",
        "02000005 0000 01 0000,      918, no such session",
        "40000009 0000 01 0001,      99A, cut off",
        "40000009 0041 01 0000 00,   995, a nonce longer than the largest digest",
    })
    void whatIsWrongWithOneEntry(String entry, String code, String why) {
        assertThat(adjust(entry)).as(why).isEqualTo(Integer.parseInt(code, 16));
    }

    @Test
    void theAreaHasAPossibleSize() {
        assertThat(tpm.code("8002 00000014 00000130" + OWNER + "00000008" + "0000"))
                .isEqualTo(0x095);
        assertThat(tpm.code("8002 0000001C 00000130" + OWNER + "0000000B" + PASSWORD + "00"))
                .isEqualTo(0x095);
        assertThat(tpm.code("8002 00000012 00000130" + OWNER + "0000000A")).isEqualTo(0x095);
    }

    @Test
    void aHandleThatNeedsAuthorizationMustHaveIt() {
        assertThat(tpm.code("8001 0000000F 00000130" + OWNER + "00")).isEqualTo(0x125);
    }

    @Test
    void contextCommandsTakeNoSessions() {
        assertThat(tpm.code("8002 0000001B 00000165" + "00000009" + PASSWORD + "80000000"))
                .isEqualTo(0x145);
    }

    @Test
    void thereAreThreeSessionsAtMost() {
        startSession("00");
        assertThat(adjust(PASSWORD + PASSWORD)).isEqualTo(0xA8B);
        assertThat(adjust(PASSWORD.repeat(4))).isEqualTo(0xC95);
    }

    @Test
    void anExtraSessionMustHaveAPurpose() {
        startSession("00");
        assertThat(random(HMAC_SESSION)).isEqualTo(0x982);
        assertThat(adjust(PASSWORD + HMAC_SESSION)).isEqualTo(0xA82);
        assertThat(random(PASSWORD)).isEqualTo(0x98B);
    }

    @Test
    void aSessionIsUsedOnceInACommand() {
        startSession("00");
        assertThat(adjust(HMAC_SESSION + HMAC_SESSION)).isEqualTo(0xA8B);
    }

    @Test
    void theTypeInAHandleMustBeThatOfTheSession() {
        startSession("00");
        startSession("01");
        assertThat(adjust("03000000 0000 01 0000")).isEqualTo(0x98B);
        assertThat(adjust("02000001 0000 01 0000")).isEqualTo(0x98B);
    }

    @Test
    void aHierarchyWithoutPolicyTakesNoPolicySession() {
        startSession("00");
        startSession("01");
        assertThat(adjust(POLICY_SESSION)).isEqualTo(0x12F);
    }

    @Test
    void aTrialSessionAuthorizesNothing() {
        startSession("00");
        startSession("03");
        assertThat(adjust(POLICY_SESSION)).isEqualTo(0x982);
    }

    @Test
    void afterAFailureOfFormTheLaterSessionCountsFirst() {
        assertThat(adjust("40000009 0000 01 0001 61" + "40000009 0000 09 0000")).isEqualTo(0xAA1);
    }

    @Test
    void superfluousParametersAreFoundAfterTheAuthorization() {
        assertThat(command(CLOCK_RATE_ADJUST, OWNER, "40000009 0000 01 0001 61", "0000"))
                .isEqualTo(0x9A2);
        assertThat(command(CLOCK_RATE_ADJUST, OWNER, PASSWORD, "0000")).isEqualTo(0x095);
        assertThat(command(CLOCK_RATE_ADJUST, OWNER, PASSWORD, "")).isEqualTo(0x1DA);
    }

    private void startSession(String type) {
        assertThat(tpm.code(START_SESSION.formatted(type))).isZero();
    }

    private int adjust(String entries) {
        return command(CLOCK_RATE_ADJUST, OWNER, entries, "00");
    }

    private int random(String entries) {
        return command(GET_RANDOM, "", entries, "0008");
    }

    private int command(String code, String handles, String entries, String parameters) {
        String area = entries.replaceAll("\\s", "");
        String body = code + handles + "%08X".formatted(area.length() / 2) + area + parameters;
        return tpm.code("8002%08X".formatted(6 + body.length() / 2) + body);
    }
}
