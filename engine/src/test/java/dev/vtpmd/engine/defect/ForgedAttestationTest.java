package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A structure that begins with TPM_GENERATED (FF 54 43 47) and is signed with a restricted key comes from the TPM: verifiers
 * rely on it (Part 1, 31.2), and where one side did not keep to it, quotes could be forged. So a restricted key signs no other
 * data that begins so, however it is brought in, and all that the TPM attests to does begin so.
 */
class ForgedAttestationTest {
    private static final int SEQUENCE_COMPLETE = 0x13E;
    private static final int CERTIFY = 0x148;
    private static final int CERTIFY_CREATION = 0x14A;
    private static final int GET_COMMAND_AUDIT_DIGEST = 0x133;
    private static final int GET_SESSION_AUDIT_DIGEST = 0x14D;
    private static final int GET_TIME = 0x14C;
    private static final int MAC = 0x155;
    private static final int QUOTE = 0x158;
    private static final int HMAC_START = 0x15B;
    private static final int SEQUENCE_UPDATE = 0x15C;
    private static final int SIGN = 0x15D;
    private static final int LOAD_EXTERNAL = 0x167;
    private static final int VERIFY_SIGNATURE = 0x177;
    private static final int HASH = 0x17D;

    private static final int TICKET_OF_PARAMETER_3 = 0x3E0;
    private static final int TAG_OF_PARAMETER_3 = 0x3D7;
    private static final int ATTRIBUTES_OF_HANDLE_1 = 0x182;
    private static final int ATTRIBUTES_OF_PARAMETER_2 = 0x2C2;

    private static final String GENERATED = "FF544347";
    private static final String OWNER = "40000001";
    private static final String ENDORSEMENT = "4000000B";
    private static final String NO_TICKET = "8024400000070000";
    private static final String NULL_SCHEME = "0010";
    private static final String SHA256 = "000B";
    private static final String NONCE = "0004 01020304";

    private final LoadedTpm tpm = new LoadedTpm();
    private final TpmObject restricted = TestKeys.ecc(
            TestKeys.SIGNING | TpmaObject.RESTRICTED, new TpmtAsymScheme(TpmAlgId.ECDSA, TpmiAlgHash.SHA256));

    /** An invented TPMS_ATTEST, and the shortest data that must not be signed. */
    @ParameterizedTest
    @ValueSource(strings = {GENERATED + "8018" + "0000", GENERATED})
    void noTicketIsGivenForDataThatBeginsAsAnAttestation(String forged) {
        String digest = sized(sha256(forged));
        assertThat(tpm.run(HASH, "", sized(forged) + SHA256 + OWNER)).isEqualTo(digest + NO_TICKET);
        assertThat(refusal(forged, NO_TICKET)).isEqualTo(TICKET_OF_PARAMETER_3);
    }

    @ParameterizedTest
    @CsvSource({
        "FF544347 80180000, ''",
        "FF544347, 80180000",
        "FF5443, 4780180000",
        "FF54, 434780180000",
        "FF, 54434780180000",
        "'', FF54434780180000"
    })
    void noTicketIsGivenForSuchDataInPieces(String first, String rest) {
        String sequence = start();
        tpm.run(SEQUENCE_UPDATE, 1, sequence, sized(first));
        String forged = first.replace(" ", "") + rest;
        assertThat(tpm.run(SEQUENCE_COMPLETE, 1, sequence, sized(rest) + OWNER))
                .isEqualTo(sized(sha256(forged)) + NO_TICKET);
    }

    @Test
    void theTicketOfOtherDataServesForThatOnly() {
        String forged = GENERATED + "80180000";
        String sequence = start();
        String answer = tpm.run(SEQUENCE_COMPLETE, 1, sequence, sized("00" + forged) + OWNER);
        String ticket = answer.substring(4 + 64);
        assertThat(ticket).startsWith("8024" + OWNER + "0040");
        assertThat(refusal("00" + forged, ticket)).isZero();
        assertThat(refusal(forged, ticket)).isEqualTo(TICKET_OF_PARAMETER_3);
        assertThat(refusal(forged, "8024" + "40000007" + ticket.substring(12))).isEqualTo(TICKET_OF_PARAMETER_3);
        assertThat(refusal(forged, "8024" + ENDORSEMENT + ticket.substring(12))).isEqualTo(TICKET_OF_PARAMETER_3);
    }

    /** TPM2_VerifySignature gives a ticket over a digest of the caller's choice. */
    @Test
    void aTicketOfAnotherKindDoesNotServe() {
        String forged = GENERATED + "80180000";
        String own = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        String digest = sized(sha256(forged));
        String signature = tpm.run(SIGN, 1, own, digest + "0018" + SHA256 + NO_TICKET);
        String verified = tpm.run(VERIFY_SIGNATURE, own, digest + signature);
        assertThat(verified).startsWith("8022" + OWNER + "0040");
        assertThat(refusal(forged, verified)).isEqualTo(TAG_OF_PARAMETER_3);
        assertThat(refusal(forged, "8024" + verified.substring(4))).isEqualTo(TICKET_OF_PARAMETER_3);
    }

    /** The commands that compute an HMAC over any data take no restricted key. */
    @Test
    void aRestrictedHmacKeyHasNoOtherWayToSign() {
        String key = tpm.load(TestKeys.keyedHash(
                TestKeys.SIGNING | TpmaObject.RESTRICTED,
                TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256),
                "0b".repeat(32)));
        assertThat(tpm.code(MAC, 1, key, sized(GENERATED) + SHA256)).isEqualTo(ATTRIBUTES_OF_HANDLE_1);
        assertThat(tpm.code(HMAC_START, 1, key, "0000" + SHA256)).isEqualTo(ATTRIBUTES_OF_HANDLE_1);
        assertThat(tpm.code(SIGN, 1, key, sized(sha256(GENERATED)) + NULL_SCHEME + NO_TICKET))
                .isEqualTo(TICKET_OF_PARAMETER_3);
    }

    /** Who knows the private key can sign with it outside of the TPM, so it cannot be a restricted key of the TPM. */
    @Test
    void aKnownPrivateKeyIsNotLoadedAsARestrictedOne() {
        String inPrivate = "0028 0023 0000 0000 0020" + TestKeys.ECC_SCALAR;
        String inPublic = "0058 0023 000B %08X 0000 0010 0018 000B 0003 0010"
                        .formatted(restricted.publicArea().objectAttributes().value())
                + "0020" + TestKeys.ECC_X + "0020" + TestKeys.ECC_Y;
        assertThat(tpm.code(LOAD_EXTERNAL, "", inPrivate + inPublic + "40000007"))
                .isEqualTo(ATTRIBUTES_OF_PARAMETER_2);
    }

    @Test
    void whatTheTpmAttestsToBeginsWithItsMark() {
        String key = tpm.load(restricted);
        String creation = "0000" + NULL_SCHEME + creationTicket();
        assertAttested("8018", tpm.run(QUOTE, 1, key, NONCE + NULL_SCHEME + "00000000"));
        assertAttested("8017", tpm.run(CERTIFY, 2, key + key, NONCE + NULL_SCHEME));
        assertAttested("801A", tpm.run(CERTIFY_CREATION, 1, key + key, NONCE + creation));
        assertAttested("8019", tpm.run(GET_TIME, 2, ENDORSEMENT + key, NONCE + NULL_SCHEME));
        assertAttested("8015", tpm.run(GET_COMMAND_AUDIT_DIGEST, 2, ENDORSEMENT + key, NONCE + NULL_SCHEME));
        // A session that is not one for audit has no digest.
        assertThat(tpm.code(GET_SESSION_AUDIT_DIGEST, 2, ENDORSEMENT + key + session(), NONCE + NULL_SCHEME))
                .isEqualTo(0x38A);
    }

    private void assertAttested(String type, String response) {
        assertThat(response.substring(4)).startsWith(GENERATED + type);
        assertThat(response.substring(4)).contains("0018" + SHA256);
    }

    private String creationTicket() {
        return HexFormat.of()
                .formatHex(TpmWriter.toByteArray(
                        tpm.state().tickets().creation(0x40000001, restricted.name(), Tpm2b.EMPTY)::write));
    }

    /** The response code of TPM2_Sign of the digest of {@code data} with a restricted key and this ticket. */
    private int refusal(String data, String ticket) {
        String key = tpm.load(restricted);
        int code = tpm.code(SIGN, 1, key, sized(sha256(data)) + NULL_SCHEME + ticket);
        tpm.state().objects().remove(Integer.parseUnsignedInt(key, 16));
        return code;
    }

    private String start() {
        return tpm.send("8001 0000000E 00000186 0000 000B".replace(" ", "")).substring(20, 28);
    }

    private String session() {
        String body = "4000000740000007" + "0010" + "5A".repeat(16) + "0000" + "00" + "0010" + SHA256;
        return tpm.send("8001%08X00000176".formatted(10 + body.length() / 2) + body)
                .substring(20, 28);
    }

    private static String sha256(String hex) {
        try {
            byte[] data = HexFormat.of().parseHex(hex);
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String sized(String hex) {
        String digits = hex.replace(" ", "");
        return "%04X".formatted(digits.length() / 2) + digits;
    }
}
