package dev.vtpmd.engine.signature;

import dev.vtpmd.engine.Platform;
import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.AsymmetricProvider;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmsSignatureEcc;
import dev.vtpmd.protocol.algorithm.TpmsSignatureRsa;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.algorithm.TpmtSignature;
import dev.vtpmd.protocol.algorithm.TpmuSignature;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Signatures made elsewhere: by OpenSSL for RSA, in RFC 6979 (A.2.5) for ECDSA, in RFC 4231 (4.2) for HMAC. */
class SignaturesTest {
    /** SHA-256 of "sample". */
    private static final Tpm2b DIGEST = hex("af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf");

    private static final Tpm2b RSASSA = hex("8367cff90c59a03eeed7be200dfc058b6876ababfcb9960d4ed1e90ade78a495"
            + "d9f24a6fbef83b900f1638204520702a949604fac18db801f45e11c2d432de92"
            + "e198f6d2f4479e20266c96d6087376c528888671c81e05153aef545bb7a27193"
            + "eab8d7377be1d73177855ea949b8238415139aa72fb6db2a105d04febf0002f5");
    /** With a salt of 20 bytes, which a TPM would not choose. */
    private static final Tpm2b RSAPSS = hex("78b2fac911c4208ec6762cb498e353338b8d6e63685d197535052fb0c7546a43"
            + "b4ddb3d3fbfd77af89b45afd844fe2f69a6c47d8218941f2e3a350362b316805"
            + "cd69ef8be493968ab1f47e3701d379cdfa826301d5ce0d303227acc7c6e68b9c"
            + "1a94c62c77b30ddbfd3cce66a8918936fa471bf1b45d6b6aa4fe7c54762f9004");

    private static final Tpm2b ECDSA_R = hex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716");
    private static final Tpm2b ECDSA_S = hex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    private static final Tpm2b HMAC = hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    private static final Tpm2b HI_THERE = hex("4869205468657265");

    private final TpmObject rsa = TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL);
    private final TpmObject ecc = TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL);
    private final TpmObject hmac =
            TestKeys.keyedHash(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA256), "0b".repeat(20));
    private final Random random = new Random(1);
    private final Signatures signatures = new TpmState(
                    AlgorithmProfile.DEFAULT, new Platform(), AsymmetricProvider.jdk(), random::nextBytes, () -> 0)
            .signatures();

    @Test
    void signsWithRsassaAsOpenSslDoes() {
        assertThat(signatures.sign(rsa, scheme(TpmAlgId.RSASSA), DIGEST)).isEqualTo(rsassa(RSASSA));
    }

    @Test
    void signsWithHmacAsRfc4231Says() {
        assertThat(signatures.sign(hmac, scheme(TpmAlgId.HMAC), HI_THERE)).isEqualTo(hmac(TpmiAlgHash.SHA256, HMAC));
    }

    @Test
    void verifiesWhatOthersSigned() {
        verifies(rsa, DIGEST, rsassa(RSASSA));
        verifies(rsa, DIGEST, new TpmtSignature(TpmAlgId.RSAPSS, new TpmsSignatureRsa(TpmiAlgHash.SHA256, RSAPSS)));
        verifies(ecc, DIGEST, ecdsa(ECDSA_R, ECDSA_S));
        verifies(hmac, HI_THERE, hmac(TpmiAlgHash.SHA256, HMAC));
    }

    @Test
    void signsWithFreshRandomnessWhatItThenVerifies() {
        for (TpmAlgId scheme : new TpmAlgId[] {TpmAlgId.RSAPSS, TpmAlgId.ECDSA}) {
            TpmObject key = scheme == TpmAlgId.ECDSA ? ecc : rsa;
            TpmtSignature first = signatures.sign(key, scheme(scheme), DIGEST);
            assertThat(signatures.sign(key, scheme(scheme), DIGEST)).isNotEqualTo(first);
            verifies(key, DIGEST, first);
        }
    }

    @Test
    void makesTheNullSignatureWithoutScheme() {
        assertThat(signatures.sign(rsa, TpmtAsymScheme.NULL, DIGEST)).isEqualTo(TpmtSignature.NULL);
    }

    @Test
    void refusesWhatIsNotASignatureOfTheDigest() {
        Tpm2b other = hex("00".repeat(32));
        refuses(rsa, other, rsassa(RSASSA), TpmRc.SIGNATURE);
        refuses(rsa, DIGEST, rsassa(hex("00".repeat(127))), TpmRc.SIGNATURE);
        refuses(rsa, DIGEST, rsassa(hex("FF".repeat(128))), TpmRc.SIGNATURE);
        refuses(rsa, HI_THERE, rsassa(RSASSA), TpmRc.SIGNATURE);
        refuses(ecc, other, ecdsa(ECDSA_R, ECDSA_S), TpmRc.SIGNATURE);
        refuses(hmac, DIGEST, hmac(TpmiAlgHash.SHA256, HMAC), TpmRc.SIGNATURE);
    }

    @Test
    void refusesEcdsaNumbersOutsideTheOrder() {
        Tpm2b order = hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        for (Tpm2b bad : new Tpm2b[] {Tpm2b.EMPTY, hex("00"), order, hex("FF".repeat(66))}) {
            refuses(ecc, DIGEST, ecdsa(bad, ECDSA_S), TpmRc.SIGNATURE);
            refuses(ecc, DIGEST, ecdsa(ECDSA_R, bad), TpmRc.SIGNATURE);
        }
    }

    @Test
    void refusesSignaturesThatTheKeyDoesNotMake() {
        TpmObject aes = TestKeys.aes(TestKeys.SIGNING, TpmAlgId.NULL, "00".repeat(16));
        refuses(ecc, DIGEST, rsassa(RSASSA), TpmRc.SCHEME);
        refuses(rsa, DIGEST, ecdsa(ECDSA_R, ECDSA_S), TpmRc.SCHEME);
        refuses(hmac, DIGEST, rsassa(RSASSA), TpmRc.SCHEME);
        refuses(aes, DIGEST, rsassa(RSASSA), TpmRc.SCHEME);
    }

    @Test
    void refusesHmacsWithAnotherHashAndWithoutTheKey() {
        TpmObject sha384 =
                TestKeys.keyedHash(TestKeys.SIGNING, TpmtKeyedhashScheme.hmac(TpmiAlgHash.SHA384), "0b".repeat(20));
        refuses(sha384, HI_THERE, hmac(TpmiAlgHash.SHA256, HMAC), TpmRc.SIGNATURE);
        refuses(TestKeys.publicOnly(hmac), HI_THERE, hmac(TpmiAlgHash.SHA256, HMAC), TpmRc.HANDLE);
    }

    private void verifies(TpmObject key, Tpm2b digest, TpmtSignature signature) {
        assertThatCode(() -> signatures.verify(key, digest, signature)).doesNotThrowAnyException();
    }

    private void refuses(TpmObject key, Tpm2b digest, TpmtSignature signature, TpmRc expected) {
        assertThatThrownBy(() -> signatures.verify(key, digest, signature))
                .isInstanceOfSatisfying(
                        TpmException.class, e -> assertThat(e.code()).isEqualTo(expected.value()));
    }

    private static TpmtAsymScheme scheme(TpmAlgId scheme) {
        return new TpmtAsymScheme(scheme, TpmiAlgHash.SHA256);
    }

    private static TpmtSignature rsassa(Tpm2b value) {
        return new TpmtSignature(TpmAlgId.RSASSA, new TpmsSignatureRsa(TpmiAlgHash.SHA256, value));
    }

    private static TpmtSignature ecdsa(Tpm2b r, Tpm2b s) {
        return new TpmtSignature(TpmAlgId.ECDSA, new TpmsSignatureEcc(TpmiAlgHash.SHA256, r, s));
    }

    private static TpmtSignature hmac(TpmiAlgHash hash, Tpm2b value) {
        return new TpmtSignature(TpmAlgId.HMAC, new TpmuSignature.Hmac(new TpmtHa(hash, value)));
    }

    private static Tpm2b hex(String digits) {
        return Tpm2b.wrap(HexFormat.of().parseHex(digits));
    }
}
