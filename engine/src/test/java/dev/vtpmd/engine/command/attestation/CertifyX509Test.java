package dev.vtpmd.engine.command.attestation;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TPM2_CertifyX509. What is added, the digest, and response codes but for the numbers of handles are those of swtpm 0.7.1, which
 * was given the same keys; it counts the two handles the wrong way round.
 */
class CertifyX509Test {
    private static final int CERTIFY_X509 = 0x197;

    private static final String ECDSA_SHA256 = "0018000B";
    private static final String RSASSA_SHA256 = "0014000B";
    private static final String RSAPSS_SHA256 = "0016000B";

    /** CN=A. */
    private static final String NAME = "300C310A300806035504030C0141";
    /** 2025 to 2035. */
    private static final String VALIDITY = "301E170D3235303130313030303030305A170D3335303130313030303030305A";

    private static final String ECDSA_ALGORITHM = der("30", "06082A8648CE3D040302");
    private static final String DIGITAL_SIGNATURE = keyUsage("0780");
    private static final String CERTIFICATE = der("30", NAME + VALIDITY + NAME + extensions(DIGITAL_SIGNATURE));

    private static final String RSA_KEY_INFO = "30819F300D06092A864886F70D010101050003818D0030818902818100"
            + "CB9FEAA85F0FC362BA663F13AB91171CEDE720B848A5AF848F57DD455A21F720"
            + "DFB7DAEA234DE8E40A75830A7CB95DB5C8C64AB9B2D91EDB9B0F211173756BA3"
            + "480F3AA7DBEB57258E33CC4485FEA45D16C0090E7DCD1E74B9775F52EAD8B4EE"
            + "F7A1DEEC5DA1A09FEF214E8FB4C027294714C90F2103BB6DF462CDAAB25DD851"
            + "0203010001";
    private static final String ECC_KEY_INFO = "3059301306072A8648CE3D020106082A8648CE3D03010703420004"
            + "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
            + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";

    private final LoadedTpm tpm = new LoadedTpm("full");
    private final String ecc = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
    private final String rsa = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));

    @Test
    void certifiesAnRsaKeyWithEcdsa() {
        Answer answer = certify(rsa, ecc, ECDSA_SHA256, CERTIFICATE);
        assertThat(answer.added)
                .isEqualTo("3081CA" + "A003020102" + "021500AAB5DD2C8DAE1AF6EE5FAC54AEE1ABFC7DBB5473"
                        + "300A06082A8648CE3D040302" + RSA_KEY_INFO);
        assertThat(answer.digest).isEqualTo("79A0BEB9A807C99931AF2999BEEF88DBA315CF7FFC6B94B3E3E70D87CE6A0C52");
        assertThat(answer.signature).startsWith(ECDSA_SHA256);
    }

    @Test
    void certifiesAnEccKeyWithRsassa() {
        Answer answer = certify(ecc, rsa, RSASSA_SHA256, CERTIFICATE);
        assertThat(answer.added)
                .isEqualTo("308185" + "A003020102" + "0214422DA818C1A500A62B6973E9A7E03826CAD6F6B9"
                        + "300D06092A864886F70D01010B0500" + ECC_KEY_INFO);
        assertThat(answer.digest).isEqualTo("28B5F1FC55EC25EBABE5E7CC5D62A4467DFA998AC2C0FB6D7800F385294E8F42");
    }

    @Test
    void certifiesAnEccKeyWithRsapss() {
        Answer answer = certify(ecc, rsa, RSAPSS_SHA256, CERTIFICATE);
        assertThat(answer.added)
                .isEqualTo("3081B9" + "A003020102" + "021401CAD3BD7E443392363D4AC80397AE6F961847D0"
                        + "304106092A864886F70D01010A3034A00F300D06096086480165030402010500"
                        + "A11C301A06092A864886F70D010108300D06096086480165030402010500A203020120" + ECC_KEY_INFO);
        assertThat(answer.digest).isEqualTo("CE52B7A3AAA2D457BD4C35C0E34BA74C9D84BB622E8DACE1A67480ECDBF3A793");
    }

    /** With what RFC 4055 takes for granted, the parameters are an empty SEQUENCE; swtpm's NULL is not one of them. */
    @Test
    void leavesDefaultParametersOfRsapssOut() {
        Answer answer = certify(ecc, rsa, "00160004", CERTIFICATE);
        assertThat(answer.added).contains("300D06092A864886F70D01010A3000" + ECC_KEY_INFO);
    }

    @Test
    void doesNotAddAnAlgorithmThatIsGiven() {
        String certificate = der("30", ECDSA_ALGORITHM + NAME + VALIDITY + NAME + extensions(DIGITAL_SIGNATURE));
        Answer answer = certify(rsa, ecc, ECDSA_SHA256, certificate);
        assertThat(answer.added)
                .isEqualTo("3081BE" + "A003020102" + "021500AAB5DD2C8DAE1AF6EE5FAC54AEE1ABFC7DBB5473" + RSA_KEY_INFO);
        assertThat(answer.digest).isEqualTo("79A0BEB9A807C99931AF2999BEEF88DBA315CF7FFC6B94B3E3E70D87CE6A0C52");
        // SM2 has no algorithm identifier that the TPM could add.
        assertThat(code(rsa, ecc, "001B000B", certificate)).isZero();
        assertThat(code(rsa, ecc, "001B000B", CERTIFICATE)).isEqualTo(0x292);
    }

    @Test
    void theWholeIsACertificate() throws GeneralSecurityException {
        Answer answer = certify(ecc, rsa, RSASSA_SHA256, CERTIFICATE);
        String serialAndAlgorithm = answer.added.substring(6, answer.added.length() - ECC_KEY_INFO.length());
        String body = serialAndAlgorithm + NAME + VALIDITY + NAME + ECC_KEY_INFO + extensions(DIGITAL_SIGNATURE);
        String signature = answer.signature.substring(12);
        String algorithm = "300D06092A864886F70D01010B0500";
        String whole = der("30", der("30", body) + algorithm + der("03", "00" + signature));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(HexFormat.of().parseHex(whole)));
        certificate.verify(signer());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getKeyUsage()[0]).isTrue();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=A");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 3C4",
        "020101, 3D5",
        "3000, 3C4",
        "30820001, 3D5",
        "308000, 3D5",
        "1F00, 3D5",
    })
    void refusesWhatIsNoSequence(String certificate, String code) {
        assertThat(code(rsa, ecc, ECDSA_SHA256, certificate)).isEqualTo(Integer.parseInt(code, 16));
    }

    @Test
    void refusesOtherFieldsThanTheExpected() {
        String extensions = extensions(DIGITAL_SIGNATURE);
        assertThat(code(rsa, ecc, ECDSA_SHA256, CERTIFICATE + "00")).isEqualTo(0x3D5);
        assertThat(code(rsa, ecc, ECDSA_SHA256, CERTIFICATE.substring(0, CERTIFICATE.length() - 2)))
                .isEqualTo(0x3D5);
        for (String fields : new String[] {
            NAME + VALIDITY + NAME,
            NAME + VALIDITY + extensions,
            NAME + NAME + NAME + NAME + NAME + extensions,
            NAME + VALIDITY + NAME + extensions + extensions,
            "020101" + NAME + VALIDITY + NAME + extensions,
            NAME + VALIDITY + NAME + "A31030020500",
            NAME + VALIDITY + NAME + extensions("020101" + DIGITAL_SIGNATURE),
            NAME + VALIDITY + NAME + "A300"
        }) {
            assertThat(code(rsa, ecc, ECDSA_SHA256, der("30", fields)))
                    .as(fields)
                    .isEqualTo(0x3C4);
        }
    }

    /** The extension tcg-tpmaObject, if it is there. */
    @Test
    void attributesMustBeThoseOfTheKey() {
        assertThat(code(rsa, tpmaObject(TestKeys.SIGNING) + DIGITAL_SIGNATURE)).isZero();
        assertThat(code(rsa, tpmaObject(TestKeys.DECRYPTING) + DIGITAL_SIGNATURE))
                .isEqualTo(0x182);
        assertThat(code(rsa, tpmaObject(TestKeys.SIGNING))).isEqualTo(0x3C4);
    }

    /** keyUsage as a BIT STRING: number of unused bits, then the bits from digitalSignature on. */
    @ParameterizedTest
    @CsvSource({
        "0780, 0",
        "0106, 0",
        "00, 0",
        "0640, 3C4",
        "0520, 3C4",
        "0410, 3C4",
        "070080, 3C4",
        "068040, 3E1",
        "0880, 3C4",
        "01, 3C4"
    })
    void aSigningKeyIsUsedForSigning(String bits, String code) {
        assertThat(code(rsa, keyUsage(bits))).isEqualTo(Integer.parseInt(code, 16));
    }

    @ParameterizedTest
    @CsvSource({"0410, 0", "0308, 0", "0780, 3C4", "0520, 3C4"})
    void aDecryptionKeyIsUsedForDecryption(String bits, String code) {
        String key = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        assertThat(code(key, keyUsage(bits))).isEqualTo(Integer.parseInt(code, 16));
    }

    @Test
    void nonrepudiationNeedsAFixedKeyAndEnciphermentOfKeysARestrictedOne() {
        int restricted = TestKeys.DECRYPTING | TpmaObject.RESTRICTED;
        String fixed = tpm.load(TestKeys.rsa(TestKeys.SIGNING | TpmaObject.FIXED_TPM, TpmtAsymScheme.NULL));
        assertThat(code(fixed, keyUsage("0640"))).isZero();
        tpm.state().objects().flush(Integer.parseUnsignedInt(fixed, 16));
        String storage = tpm.load(TestKeys.rsa(restricted, TpmtAsymScheme.NULL));
        assertThat(code(storage, keyUsage("0520"))).isZero();
    }

    @Test
    void keyUsageIsAnOctetStringWithBits() {
        assertThat(code(rsa, der("30", "0603551D0F" + "0403020101"))).isEqualTo(0x3C4);
        assertThat(code(rsa, der("30", "0603551D0F" + "03020780"))).isEqualTo(0x3C4);
        assertThat(code(rsa, der("30", "0603551D0F" + "0408030600FFFFFFFFFF"))).isEqualTo(0x3C4);
    }

    @Test
    void refusesSchemesAndSignersThatDoNotFit() {
        String parameters = ECDSA_SHA256 + sized(CERTIFICATE);
        assertThat(tpm.code(CERTIFY_X509, 2, rsa + ecc, "0001 00" + parameters)).isEqualTo(0x1D5);
        assertThat(code(rsa, ecc, "0010", CERTIFICATE)).isEqualTo(0x2D2);
        assertThat(code(rsa, ecc, RSASSA_SHA256, CERTIFICATE)).isEqualTo(0x2D2);
        assertThat(code(rsa, "40000007", ECDSA_SHA256, CERTIFICATE)).isEqualTo(0x29C);
        String decrypting = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        assertThat(code(ecc, decrypting, RSASSA_SHA256, CERTIFICATE)).isEqualTo(0x29C);
    }

    @Test
    void certifiesOnlyKeysThatX509Knows() {
        String hmacKey =
                tpm.load(TestKeys.keyedHash(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256), "00"));
        assertThat(code(hmacKey, ecc, ECDSA_SHA256, CERTIFICATE)).isEqualTo(0x181);
        assertThat(code(ecc, hmacKey, "0005000B", CERTIFICATE)).isEqualTo(0x292);
        tpm.state().objects().flush(Integer.parseUnsignedInt(hmacKey, 16));
        TestKeys.EccKey generator = new TestKeys.EccKey("00".repeat(31) + "01", "00".repeat(31) + "02", "01");
        String unnamedCurve =
                tpm.load(TestKeys.ecc(TpmEccCurve.BN_P256, generator, TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(code(unnamedCurve, ecc, ECDSA_SHA256, CERTIFICATE)).isEqualTo(0x181);
    }

    private static PublicKey signer() throws GeneralSecurityException {
        RSAPublicKeySpec spec =
                new RSAPublicKeySpec(new BigInteger(TestKeys.RSA_MODULUS, 16), BigInteger.valueOf(65537));
        RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
        assertThat(key.getModulus().bitLength()).isEqualTo(1024);
        return key;
    }

    private int code(String object, String extensions) {
        String certificate = der("30", NAME + VALIDITY + NAME + extensions(extensions));
        return code(object, ecc, ECDSA_SHA256, certificate);
    }

    private int code(String object, String signer, String scheme, String certificate) {
        return tpm.code(CERTIFY_X509, 2, object + signer, "0000" + scheme + sized(certificate));
    }

    private Answer certify(String object, String signer, String scheme, String certificate) {
        String answer = tpm.run(CERTIFY_X509, 2, object + signer, "0000" + scheme + sized(certificate));
        int end = 4 + 2 * Integer.parseInt(answer.substring(0, 4), 16);
        int digestEnd = end + 4 + 2 * Integer.parseInt(answer.substring(end, end + 4), 16);
        return new Answer(answer.substring(4, end), answer.substring(end + 4, digestEnd), answer.substring(digestEnd));
    }

    private record Answer(String added, String digest, String signature) {}

    private static String keyUsage(String bits) {
        return der("30", "0603551D0F" + "0101FF" + der("04", der("03", bits)));
    }

    private static String tpmaObject(int attributes) {
        return der("30", "06076781050A010101" + der("04", der("03", "00%08X".formatted(attributes))));
    }

    private static String extensions(String extensions) {
        return der("A3", der("30", extensions));
    }

    private static String sized(String hex) {
        return "%04X".formatted(hex.length() / 2) + hex;
    }

    private static String der(String tag, String contents) {
        int length = contents.length() / 2;
        String size;
        if (length < 0x80) {
            size = "%02X".formatted(length);
        } else {
            size = length < 0x100 ? "81%02X".formatted(length) : "82%04X".formatted(length);
        }
        return tag + size + contents;
    }
}
