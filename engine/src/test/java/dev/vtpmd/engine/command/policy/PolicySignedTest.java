package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An HMAC key authorizes. Its HMACs over aHash and the policy digest were computed apart from this project, by the formulas of
 * Part 3, 23.3.
 */
class PolicySignedTest {
    private static final int START_AUTH_SESSION = 0x176;
    private static final int POLICY_SIGNED = 0x160;
    private static final int POLICY_GET_DIGEST = 0x189;

    private static final String REFERENCE = "0004 01020304";
    private static final String NO_EXPIRATION = "00000000";
    private static final String IN_A_MINUTE = "FFFFFFC4";
    private static final String SIGNATURE =
            "0005 000B 8990384DE1393DB29B47474FD13797562CA2889F7769B265FCA93BE3F2838016";
    private static final String SIGNATURE_IN_A_MINUTE =
            "0005 000B F0B74970328E235898A872EBC3FAF8CA2ECC7EDB33BF84D340D83B304530D568";
    private static final String POLICY_DIGEST = "71AF6E7C46409F34BBB7F4F8F25AF5BF9B155118474889E800CFA551CFD52EF0";

    private static final int SIGNATURE_OF_PARAMETER_5 = 0x5DB;

    private final LoadedTpm tpm = new LoadedTpm();
    private String key;

    @BeforeEach
    void loadKey() {
        key = tpm.load(
                TestKeys.keyedHash(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256), "0b".repeat(20)));
    }

    @Test
    void extendsThePolicyWithTheNameOfTheKeyAndTheReference() {
        String session = session("01");
        assertThat(tpm.run(POLICY_SIGNED, key + session, "0000 0000" + REFERENCE + NO_EXPIRATION + SIGNATURE))
                .isEqualTo("0000" + "8025" + "40000007" + "0000");
        assertThat(tpm.run(POLICY_GET_DIGEST, session, "")).isEqualTo("0020" + POLICY_DIGEST);
    }

    @Test
    void takesAnySignatureInATrialSession() {
        String session = session("03");
        String signature = "0005 000B" + "00".repeat(32);
        assertThat(tpm.code(POLICY_SIGNED, key + session, "0000 0000" + REFERENCE + NO_EXPIRATION + signature))
                .isZero();
        assertThat(tpm.run(POLICY_GET_DIGEST, session, "")).isEqualTo("0020" + POLICY_DIGEST);
    }

    @Test
    void givesATicketForANegativeExpiration() {
        String parameters = "0000 0000" + REFERENCE + IN_A_MINUTE + SIGNATURE_IN_A_MINUTE;
        assertThat(tpm.run(POLICY_SIGNED, key + session("01"), parameters))
                .startsWith("0008" + "800000000000EA60" + "8025" + "40000001" + "0040");
    }

    @Test
    void refusesWhatWasNotSigned() {
        String session = session("01");
        String parameters = "0000 0000" + REFERENCE + IN_A_MINUTE + SIGNATURE;
        assertThat(tpm.code(POLICY_SIGNED, key + session, parameters)).isEqualTo(SIGNATURE_OF_PARAMETER_5);
        assertThat(tpm.run(POLICY_GET_DIGEST, session, "")).isEqualTo("0020" + "00".repeat(32));
    }

    @Test
    void refusesWrongParametersBeforeTheSignature() {
        String handles = key + session("01");
        String rest = REFERENCE + NO_EXPIRATION + SIGNATURE;
        assertThat(tpm.code(POLICY_SIGNED, handles, "0004 01020304 0000" + rest))
                .isEqualTo(0x1CF);
        assertThat(tpm.code(POLICY_SIGNED, handles, "0000 0004 01020304" + rest))
                .isEqualTo(0x2D5);
        assertThat(tpm.code(POLICY_SIGNED, handles, "0000 0000" + REFERENCE + NO_EXPIRATION + "0010"))
                .isEqualTo(0x5D2);
    }

    private String session(String type) {
        String parameters = "0010" + "11".repeat(16) + "0000" + type + "0010 000B";
        return tpm.run(START_AUTH_SESSION, "40000007 40000007", parameters).substring(0, 8);
    }
}
