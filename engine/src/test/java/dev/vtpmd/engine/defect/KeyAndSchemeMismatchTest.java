package dev.vtpmd.engine.defect;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

/**
 * CVE-2025-2884, in libtpms CVE-2025-49133: CryptHmacSign took the hash algorithm of the scheme that the command asked for
 * without checking that the scheme is one of the key's type, and read out of bounds. So: whatever signs must refuse each scheme
 * that does not fit the key, and whatever verifies each signature that does not.
 */
class KeyAndSchemeMismatchTest {
    private static final int SIGN = 0x15D;
    private static final int VERIFY_SIGNATURE = 0x177;
    private static final int QUOTE = 0x158;
    private static final int CERTIFY = 0x148;
    private static final int GET_TIME = 0x14C;
    private static final int SCHEME_OF_PARAMETER_2 = 0x2D2;
    private static final int SIGNATURE_OF_PARAMETER_2 = 0x2DB;

    private static final String DIGEST = "0020" + "11".repeat(32);
    private static final String NO_TICKET = "8024 40000007 0000";
    private static final String NONCE = "0000";
    private static final String ENDORSEMENT = "4000000B";

    private static final List<String> RSA_SCHEMES = List.of("0014 000B", "0016 000B");
    private static final List<String> ECC_SCHEMES = List.of("0018 000B", "001A 000B 0000", "001B 000B", "001C 000B");
    private static final List<String> HMAC_SCHEMES = List.of("0005 000B");
    private static final String RSA_VALUE = "0080" + "22".repeat(128);
    private static final String ECC_VALUE = "0020" + "22".repeat(32) + "0020" + "22".repeat(32);
    private static final byte[] HMAC_KEY = HexFormat.of().parseHex("0b".repeat(20));
    /** The right HMAC, so that only the scheme speaks against it. */
    private static final String HMAC_VALUE = HexFormat.of()
            .formatHex(TssCrypto.SHA256.hmac(HMAC_KEY, HexFormat.of().parseHex("11".repeat(32))));

    private final LoadedTpm tpm = new LoadedTpm("full");

    @ParameterizedTest
    @MethodSource("keysAndSchemesOfOtherTypes")
    void nothingIsSignedWithASchemeOfAnotherType(TpmObject key, List<String> schemes) {
        String handle = tpm.load(key);
        for (String scheme : schemes) {
            assertThat(tpm.code(SIGN, 1, handle, DIGEST + scheme + NO_TICKET)).isEqualTo(SCHEME_OF_PARAMETER_2);
            assertThat(tpm.code(QUOTE, 1, handle, NONCE + scheme + "00000000")).isEqualTo(SCHEME_OF_PARAMETER_2);
            assertThat(tpm.code(CERTIFY, 2, handle + handle, NONCE + scheme)).isEqualTo(SCHEME_OF_PARAMETER_2);
            assertThat(tpm.code(GET_TIME, 2, ENDORSEMENT + handle, NONCE + scheme))
                    .isEqualTo(SCHEME_OF_PARAMETER_2);
        }
    }

    @ParameterizedTest
    @MethodSource("keysAndSchemesOfOtherTypes")
    void nothingIsVerifiedThatIsASignatureOfAnotherType(TpmObject key, List<String> schemes) {
        String handle = tpm.load(key);
        for (String scheme : schemes) {
            // An ECDAA signature has no count.
            String signature = scheme.startsWith("001A") ? "001A 000B" : scheme;
            assertThat(tpm.code(VERIFY_SIGNATURE, handle, DIGEST + signature + valueOf(scheme)))
                    .isEqualTo(SCHEME_OF_PARAMETER_2);
        }
    }

    /** A key whose own scheme is none that signs, or has another hash. */
    @ParameterizedTest
    @MethodSource("keysWithASchemeOfTheirOwn")
    void theSchemeOfAKeyCannotBeReplaced(TpmObject key, String scheme, int onVerification) {
        String handle = tpm.load(key);
        assertThat(tpm.code(SIGN, 1, handle, DIGEST + scheme + NO_TICKET)).isEqualTo(SCHEME_OF_PARAMETER_2);
        assertThat(tpm.code(VERIFY_SIGNATURE, handle, DIGEST + scheme + valueOf(scheme)))
                .isEqualTo(onVerification);
    }

    static Stream<Arguments> keysAndSchemesOfOtherTypes() {
        return Stream.of(
                Arguments.of(
                        named("HMAC", keyedHash(TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256))),
                        both(RSA_SCHEMES, ECC_SCHEMES)),
                Arguments.of(named("keyed hash", keyedHash(TpmtKeyedhashScheme.NULL)), both(RSA_SCHEMES, ECC_SCHEMES)),
                Arguments.of(
                        named("RSA", TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL)),
                        both(ECC_SCHEMES, HMAC_SCHEMES)),
                Arguments.of(
                        named("ECC", TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL)),
                        both(RSA_SCHEMES, HMAC_SCHEMES)));
    }

    static Stream<Arguments> keysWithASchemeOfTheirOwn() {
        TpmtKeyedhashScheme xor = new TpmtKeyedhashScheme(TpmAlgId.XOR, TpmiAlgHash.SHA256, TpmAlgId.KDF1_SP800_108);
        return Stream.of(
                Arguments.of(named("XOR", keyedHash(xor)), "0005 000B", SIGNATURE_OF_PARAMETER_2),
                Arguments.of(
                        named("HMAC with SHA-384", keyedHash(TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA384))),
                        "0005 000B",
                        SIGNATURE_OF_PARAMETER_2),
                Arguments.of(
                        named("RSASSA", TestKeys.rsa(TestKeys.SIGNING, scheme(TpmAlgId.RSASSA))),
                        "0016 000B",
                        SIGNATURE_OF_PARAMETER_2),
                Arguments.of(
                        named("ECDSA", TestKeys.ecc(TestKeys.SIGNING, scheme(TpmAlgId.ECDSA))),
                        "001C 000B",
                        SIGNATURE_OF_PARAMETER_2));
    }

    private static String valueOf(String scheme) {
        if (RSA_SCHEMES.contains(scheme)) {
            return RSA_VALUE;
        }
        return HMAC_SCHEMES.contains(scheme) ? HMAC_VALUE : ECC_VALUE;
    }

    private static TpmObject keyedHash(TpmtKeyedhashScheme scheme) {
        return TestKeys.keyedHash(TestKeys.SIGNING, scheme, HexFormat.of().formatHex(HMAC_KEY));
    }

    private static TpmtAsymScheme scheme(TpmAlgId algorithm) {
        return new TpmtAsymScheme(algorithm, TpmiAlgHash.SHA256);
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
