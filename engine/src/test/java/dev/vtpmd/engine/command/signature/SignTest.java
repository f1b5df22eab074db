package dev.vtpmd.engine.command.signature;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtTkHashcheck;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Expected codes are those of the TCG's reference implementation. */
class SignTest {
    private static final int SIGN = 0x15D;
    private static final int VERIFY_SIGNATURE = 0x177;

    private static final int SCHEME_OF_PARAMETER_2 = 0x2D2;
    private static final int KEY_OF_HANDLE_1 = 0x19C;
    private static final int ATTRIBUTES_OF_HANDLE_1 = 0x182;
    private static final int TICKET_OF_PARAMETER_3 = 0x3E0;
    private static final int SIZE_OF_PARAMETER_1 = 0x1D5;

    private static final String SHA_256_OF_SAMPLE = "AF2BDBE1AA9B6EC1E2ADE1D694F41FC71A831D0268E9891562113D8A62ADD1BF";
    private static final String DIGEST = "0020" + SHA_256_OF_SAMPLE;
    private static final String NULL_SCHEME = "0010";
    private static final String RSASSA_SHA256 = "0014 000B";
    private static final String ECDSA_SHA256 = "0018 000B";
    private static final String HMAC_SHA256 = "0005 000B";
    private static final String NULL_TICKET = "8024 40000007 0000";

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void signsWithTheSchemeOfTheKeyOrOfTheCaller() {
        String keyWithScheme = tpm.load(TestKeys.rsa(TestKeys.SIGNING, scheme(TpmAlgId.RSASSA)));
        String key = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        String signature = sign(keyWithScheme, DIGEST, NULL_SCHEME);
        assertThat(signature).startsWith("0014000B0080" + "8367CFF90C59A03EEED7BE200DFC058B");
        assertThat(sign(keyWithScheme, DIGEST, RSASSA_SHA256)).isEqualTo(signature);
        assertThat(sign(key, DIGEST, RSASSA_SHA256)).isEqualTo(signature);
    }

    @Test
    void makesSignaturesThatVerifySignatureTakes() {
        String key = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        String signature = sign(key, DIGEST, ECDSA_SHA256);
        assertThat(tpm.run(VERIFY_SIGNATURE, key, DIGEST + signature)).startsWith("8022" + "40000001" + "0040");
        assertThat(tpm.code(VERIFY_SIGNATURE, key, "0020" + "00".repeat(32) + signature))
                .isEqualTo(0x2DB);
    }

    @Test
    void refusesSchemesThatDoNotFit() {
        String keyWithScheme = tpm.load(TestKeys.rsa(TestKeys.SIGNING, scheme(TpmAlgId.RSAPSS)));
        String rsa = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(code(keyWithScheme, DIGEST, RSASSA_SHA256, NULL_TICKET)).isEqualTo(SCHEME_OF_PARAMETER_2);
        assertThat(code(keyWithScheme, DIGEST, "0016 000C", NULL_TICKET)).isEqualTo(SCHEME_OF_PARAMETER_2);
        assertThat(code(rsa, DIGEST, NULL_SCHEME, NULL_TICKET)).isEqualTo(SCHEME_OF_PARAMETER_2);
        assertThat(code(rsa, DIGEST, ECDSA_SHA256, NULL_TICKET)).isEqualTo(SCHEME_OF_PARAMETER_2);
        assertThat(code(rsa, DIGEST, HMAC_SHA256, NULL_TICKET)).isEqualTo(SCHEME_OF_PARAMETER_2);
        assertThat(code(rsa, DIGEST, "0014 0010", NULL_TICKET)).isEqualTo(0x2C3);
    }

    @Test
    void refusesKeysThatDoNotSign() {
        String decrypting = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String aes = tpm.load(TestKeys.aes(TestKeys.SIGNING, TpmAlgId.NULL, "00".repeat(16)));
        String sequence = tpm.load(SequenceObject.hash(Tpm2b.EMPTY, TpmiAlgHash.SHA256));
        assertThat(code(decrypting, DIGEST, RSASSA_SHA256, NULL_TICKET)).isEqualTo(KEY_OF_HANDLE_1);
        assertThat(code(aes, DIGEST, RSASSA_SHA256, NULL_TICKET)).isEqualTo(KEY_OF_HANDLE_1);
        assertThat(code(sequence, DIGEST, RSASSA_SHA256, NULL_TICKET)).isEqualTo(KEY_OF_HANDLE_1);
    }

    @Test
    void refusesKeysForCertificatesOnly() {
        String key = tpm.load(TestKeys.rsa(TestKeys.SIGNING | TpmaObject.X509_SIGN, TpmtAsymScheme.NULL));
        assertThat(code(key, DIGEST, RSASSA_SHA256, NULL_TICKET)).isEqualTo(ATTRIBUTES_OF_HANDLE_1);
    }

    @Test
    void refusesDigestsOfAnotherSize() {
        String key = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(code(key, "0014" + "00".repeat(20), RSASSA_SHA256, NULL_TICKET))
                .isEqualTo(SIZE_OF_PARAMETER_1);
    }

    @Test
    void wantsATicketForARestrictedKey() {
        TpmObject restricted = TestKeys.rsa(TestKeys.SIGNING | TpmaObject.RESTRICTED, scheme(TpmAlgId.RSASSA));
        String key = tpm.load(restricted);
        String ticket = ticket(TpmiAlgHash.SHA256);
        assertThat(code(key, DIGEST, NULL_SCHEME, NULL_TICKET)).isEqualTo(TICKET_OF_PARAMETER_3);
        assertThat(code(key, DIGEST, NULL_SCHEME, ticket(TpmiAlgHash.SHA384))).isEqualTo(TICKET_OF_PARAMETER_3);
        assertThat(code(key, "0020" + "00".repeat(32), NULL_SCHEME, ticket)).isEqualTo(TICKET_OF_PARAMETER_3);
        assertThat(code(key, DIGEST, NULL_SCHEME, ticket)).isZero();
    }

    @Test
    void checksATicketThatAnUnrestrictedKeyDoesNotNeed() {
        String key = tpm.load(
                TestKeys.keyedHash(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256), "0b".repeat(20)));
        assertThat(code(key, DIGEST, HMAC_SHA256, "8024 40000001 0004 01020304"))
                .isEqualTo(TICKET_OF_PARAMETER_3);
        assertThat(code(key, DIGEST, HMAC_SHA256, ticket(TpmiAlgHash.SHA256))).isZero();
    }

    private String sign(String key, String digest, String scheme) {
        return tpm.run(SIGN, 1, key, digest + scheme + NULL_TICKET);
    }

    private int code(String key, String digest, String scheme, String ticket) {
        return tpm.code(SIGN, 1, key, digest + scheme + ticket);
    }

    private String ticket(TpmiAlgHash hash) {
        Tpm2b digest = Tpm2b.wrap(HexFormat.of().parseHex(SHA_256_OF_SAMPLE));
        TpmtTkHashcheck ticket = tpm.state().tickets().hashcheck(TpmRh.OWNER, hash, digest);
        return HexFormat.of().formatHex(TpmWriter.toByteArray(ticket::write));
    }

    private static TpmtAsymScheme scheme(TpmAlgId scheme) {
        return new TpmtAsymScheme(scheme, TpmiAlgHash.SHA256);
    }
}
