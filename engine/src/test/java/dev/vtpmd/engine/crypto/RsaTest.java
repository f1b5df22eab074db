package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The JDK's own RSA, with messages hashed and padded by it, takes what is made here and makes what is taken here. */
class RsaTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL = KdfLabel.DUPLICATE.toByteArray();
    private static final Map<TpmiAlgHash, String> NAMES = Map.of(
            TpmiAlgHash.SHA1, "SHA-1",
            TpmiAlgHash.SHA256, "SHA-256",
            TpmiAlgHash.SHA384, "SHA-384",
            TpmiAlgHash.SHA512, "SHA-512");
    private static final RsaPrivateKey KEY = generate(2048);

    private final KeyMaterialSource random = AsymmetricProviders.random();

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rawOperationsAreInverse(AsymmetricProvider provider) {
        RsaEncryption rsa = new RsaEncryption(provider, random);
        byte[] message = new byte[256];
        Arrays.fill(message, 3, 256, (byte) 0x5A);
        byte[] ciphertext = rsa.encryptRaw(KEY.publicKey(), message);
        assertThat(new BigInteger(1, ciphertext))
                .isEqualTo(new BigInteger(1, message)
                        .modPow(KEY.publicKey().exponent(), KEY.publicKey().modulus()));
        assertThat(rsa.decryptRaw(copyOfKey(), ciphertext)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void pkcs1Signatures(AsymmetricProvider provider) throws GeneralSecurityException {
        RsaSignatures signatures = new RsaSignatures(provider, random, new KeyDerivation());
        for (TpmiAlgHash hash : NAMES.keySet()) {
            byte[] digest = new Digests().digest(hash, MESSAGE);
            Signature jdk = Signature.getInstance(NAMES.get(hash).replace("-", "") + "withRSA", "SunRsaSign");
            jdk.initSign(jdkPrivateKey());
            jdk.update(MESSAGE);
            byte[] expected = jdk.sign();
            assertThat(signatures.signPkcs1(copyOfKey(), hash, digest)).hasValue(expected);
            assertThat(signatures.verifyPkcs1(KEY.publicKey(), hash, digest, expected))
                    .isTrue();
            expected[100] ^= 1;
            assertThat(signatures.verifyPkcs1(KEY.publicKey(), hash, digest, expected))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void pssSignatures(AsymmetricProvider provider) throws GeneralSecurityException {
        RsaSignatures signatures = new RsaSignatures(provider, random, new KeyDerivation());
        for (TpmiAlgHash hash : NAMES.keySet()) {
            byte[] digest = new Digests().digest(hash, MESSAGE);
            Signature jdk = jdkPss(hash, digest.length);
            jdk.initVerify(jdkPublicKey());
            jdk.update(MESSAGE);
            byte[] signature = signatures.signPss(copyOfKey(), hash, digest).orElseThrow();
            assertThat(jdk.verify(signature)).isTrue();
            for (int saltSize : new int[] {0, 7, digest.length, 256 - digest.length - 2}) {
                Signature signer = jdkPss(hash, saltSize);
                signer.initSign(jdkPrivateKey());
                signer.update(MESSAGE);
                byte[] bySalt = signer.sign();
                assertThat(signatures.verifyPss(KEY.publicKey(), hash, digest, bySalt))
                        .isTrue();
                bySalt[17] ^= 1;
                assertThat(signatures.verifyPss(KEY.publicKey(), hash, digest, bySalt))
                        .isFalse();
            }
        }
    }

    /** A modulus of 1024 bits has room for 62 bytes of salt beside SHA-512. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void pssSaltIsCutToTheRoomThereIs(AsymmetricProvider provider) throws Exception {
        RsaPrivateKey small = generate(1024);
        RsaSignatures signatures = new RsaSignatures(provider, random, new KeyDerivation());
        byte[] digest = new Digests().digest(TpmiAlgHash.SHA512, MESSAGE);
        byte[] signature = signatures.signPss(small, TpmiAlgHash.SHA512, digest).orElseThrow();
        Signature jdk = jdkPss(TpmiAlgHash.SHA512, 62);
        jdk.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        small.publicKey().modulus(), small.publicKey().exponent())));
        jdk.update(MESSAGE);
        assertThat(jdk.verify(signature)).isTrue();
    }

    /** A modulus of 1025 bits leaves a whole byte before the encoded message. */
    @Test
    void pssOfAModulusWithOneBitInItsFirstByte() throws Exception {
        RsaPrivateKey odd = generate(1025);
        RsaSignatures signatures = new RsaSignatures(new JdkAsymmetricProvider(), random, new KeyDerivation());
        byte[] digest = new Digests().digest(TpmiAlgHash.SHA256, MESSAGE);
        byte[] signature = signatures.signPss(odd, TpmiAlgHash.SHA256, digest).orElseThrow();
        assertThat(signatures.verifyPss(odd.publicKey(), TpmiAlgHash.SHA256, digest, signature))
                .isTrue();
        CipherParameters publicKey = new RSAKeyParameters(
                false, odd.publicKey().modulus(), odd.publicKey().exponent());
        PSSSigner verifier = new PSSSigner(new RSAEngine(), new SHA256Digest(), 32);
        verifier.init(false, publicKey);
        verifier.update(MESSAGE, 0, MESSAGE.length);
        assertThat(verifier.verifySignature(signature)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void pkcs1Encryption(AsymmetricProvider provider) throws GeneralSecurityException {
        RsaEncryption rsa = new RsaEncryption(provider, random);
        Cipher jdk = Cipher.getInstance("RSA/ECB/PKCS1Padding", "SunJCE");
        for (int size : new int[] {0, 1, 100, 245}) {
            byte[] message = random.generate(size);
            jdk.init(Cipher.ENCRYPT_MODE, jdkPublicKey());
            assertThat(rsa.decryptPkcs1(copyOfKey(), jdk.doFinal(message))).isEqualTo(message);
            jdk.init(Cipher.DECRYPT_MODE, jdkPrivateKey());
            assertThat(jdk.doFinal(rsa.encryptPkcs1(KEY.publicKey(), message))).isEqualTo(message);
        }
        assertCode(TpmRc.FAILURE, () -> rsa.encryptPkcs1(KEY.publicKey(), new byte[246]));
        assertCode(TpmRc.VALUE, () -> rsa.decryptPkcs1(copyOfKey(), rsa.encryptRaw(KEY.publicKey(), MESSAGE)));
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void oaepEncryption(AsymmetricProvider provider) throws GeneralSecurityException {
        RsaEncryption rsa = new RsaEncryption(provider, random);
        for (TpmiAlgHash hash : NAMES.keySet()) {
            Cipher jdk = Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE");
            OAEPParameterSpec parameters = new OAEPParameterSpec(
                    NAMES.get(hash), "MGF1", new MGF1ParameterSpec(NAMES.get(hash)), new PSource.PSpecified(LABEL));
            for (int size : new int[] {0, hash.digestSize(), 254 - 2 * hash.digestSize()}) {
                byte[] message = random.generate(size);
                jdk.init(Cipher.ENCRYPT_MODE, jdkPublicKey(), parameters);
                assertThat(rsa.decryptOaep(copyOfKey(), hash, LABEL, jdk.doFinal(message)))
                        .isEqualTo(message);
                jdk.init(Cipher.DECRYPT_MODE, jdkPrivateKey(), parameters);
                assertThat(jdk.doFinal(rsa.encryptOaep(KEY.publicKey(), hash, LABEL, message)))
                        .isEqualTo(message);
            }
            byte[] tooLong = new byte[255 - 2 * hash.digestSize()];
            assertCode(TpmRc.FAILURE, () -> rsa.encryptOaep(KEY.publicKey(), hash, LABEL, tooLong));
            byte[] ciphertext = rsa.encryptOaep(KEY.publicKey(), hash, LABEL, MESSAGE);
            byte[] otherLabel = KdfLabel.SECRET.toByteArray();
            assertCode(TpmRc.VALUE, () -> rsa.decryptOaep(copyOfKey(), hash, otherLabel, ciphertext));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void ciphertextsThatCannotBe(AsymmetricProvider provider) {
        RsaEncryption rsa = new RsaEncryption(provider, random);
        byte[] modulus = KEY.publicKey().modulusBytes();
        assertCode(TpmRc.SIZE, () -> rsa.decryptRaw(KEY, new byte[255]));
        assertCode(TpmRc.SIZE, () -> rsa.decryptOaep(KEY, TpmiAlgHash.SHA256, LABEL, new byte[257]));
        assertCode(TpmRc.VALUE, () -> rsa.decryptRaw(KEY, modulus));
        assertCode(TpmRc.VALUE, () -> rsa.decryptOaep(KEY, TpmiAlgHash.SHA256, LABEL, modulus));
        assertCode(TpmRc.VALUE, () -> rsa.decryptOaep(KEY, TpmiAlgHash.SHA256, LABEL, new byte[256]));
        assertCode(TpmRc.FAILURE, () -> rsa.encryptRaw(KEY.publicKey(), modulus));
        byte[] tooLong = new byte[257];
        tooLong[0] = 1;
        assertCode(TpmRc.VALUE, () -> rsa.encryptRaw(KEY.publicKey(), tooLong));
        tooLong[0] = 0;
        assertThat(rsa.encryptRaw(KEY.publicKey(), tooLong)).hasSize(256).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void modPowIsBigIntegers(AsymmetricProvider provider) {
        for (int bits : new int[] {512, 1024, 2048}) {
            BigInteger modulus = new BigInteger(1, random.generate(bits / 8))
                    .setBit(bits - 1)
                    .setBit(0);
            BigInteger base = new BigInteger(1, random.generate(bits / 8)).mod(modulus);
            BigInteger exponent = modulus.shiftRight(3);
            assertThat(provider.modPow(base, exponent, modulus)).isEqualTo(base.modPow(exponent, modulus));
        }
    }

    @Test
    void signatureOfAWrongSizeIsNone() {
        RsaSignatures signatures = new RsaSignatures(AsymmetricProvider.fastest(), random, new KeyDerivation());
        byte[] digest = new byte[32];
        assertThat(signatures.verifyPkcs1(KEY.publicKey(), TpmiAlgHash.SHA256, digest, new byte[255]))
                .isFalse();
        assertThat(signatures.verifyPss(KEY.publicKey(), TpmiAlgHash.SHA256, digest, new byte[0]))
                .isFalse();
        assertThat(signatures.verifyPss(KEY.publicKey(), TpmiAlgHash.SHA256, digest, new byte[256]))
                .isFalse();
    }

    @Test
    void aFactorThatIsNoneIsRefused() {
        byte[] prime = KEY.prime();
        prime[127] ^= 2;
        assertThatThrownBy(() -> RsaPrivateKey.ofPrime(KEY.publicKey(), prime))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RsaPrivateKey.ofPrime(KEY.publicKey(), new byte[128]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RsaPrivateKey.ofPrime(KEY.publicKey(), new byte[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        RsaPrivateKey.ofPrime(KEY.publicKey(), KEY.publicKey().modulusBytes()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingSecretInToString() {
        assertThat(KEY.toString()).isEqualTo("RsaPrivateKey[2048 bits]");
    }

    static RsaPrivateKey generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
            generator.initialize(bits);
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
            RsaPrivateKey result = RsaPrivateKey.ofPrimes(key.getPrimeP(), key.getPrimeQ(), key.getPublicExponent());
            assertThat(result.privateExponent().subtract(key.getPrivateExponent()))
                    .as("a multiple of the least common multiple of p - 1 and q - 1")
                    .matches(difference -> difference
                                            .mod(key.getPrimeP().subtract(BigInteger.ONE))
                                            .signum()
                                    == 0
                            && difference
                                            .mod(key.getPrimeQ().subtract(BigInteger.ONE))
                                            .signum()
                                    == 0);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without what another provider may have kept in it. */
    private static RsaPrivateKey copyOfKey() {
        return RsaPrivateKey.ofPrime(KEY.publicKey(), KEY.prime());
    }

    private static PrivateKey jdkPrivateKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA", "SunRsaSign")
                .generatePrivate(new RSAPrivateKeySpec(KEY.publicKey().modulus(), KEY.privateExponent()));
    }

    private static PublicKey jdkPublicKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA", "SunRsaSign")
                .generatePublic(new RSAPublicKeySpec(
                        KEY.publicKey().modulus(), KEY.publicKey().exponent()));
    }

    private static Signature jdkPss(TpmiAlgHash hash, int saltSize) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", "SunRsaSign");
        MGF1ParameterSpec mask = new MGF1ParameterSpec(NAMES.get(hash));
        signature.setParameter(new PSSParameterSpec(NAMES.get(hash), "MGF1", mask, saltSize, 1));
        return signature;
    }

    private static void assertCode(TpmRc expected, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        TpmException.class, e -> assertThat(e.is(expected)).isTrue());
    }
}
