package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What was published of RSA: that, where it is random, comes from a given salt or seed. */
class RsaVectorsTest {
    private final KeyMaterialSource random = AsymmetricProviders.random();

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsassa(AsymmetricProvider provider) {
        RsaSignatures signatures = new RsaSignatures(provider, random, new KeyDerivation());
        for (RsaVectors.Signed vector : RsaVectors.RSASSA) {
            RsaPrivateKey key = vector.key().privateKey();
            assertThat(signatures.signPkcs1(key, vector.hash(), vector.digest()))
                    .as(vector.source())
                    .hasValue(vector.signature());
            assertThat(signatures.verifyPkcs1(key.publicKey(), vector.hash(), vector.digest(), vector.signature()))
                    .as(vector.source())
                    .isTrue();
        }
    }

    /** The keys' private parts were not published, but PKCS #1 v1.5 knows no randomness: verifying makes what signing would sign. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsassaWithSha3(AsymmetricProvider provider) {
        RsaSignatures signatures = new RsaSignatures(provider, random, new KeyDerivation());
        for (RsaSha3AndSm3Vectors.Published vector : RsaSha3AndSm3Vectors.RSASSA) {
            byte[] digest = vector.digest();
            assertThat(signatures.verifyPkcs1(vector.publicKey(), vector.hash(), digest, vector.signature()))
                    .as(vector.hash().name())
                    .isTrue();
            digest[0] ^= 1;
            assertThat(signatures.verifyPkcs1(vector.publicKey(), vector.hash(), digest, vector.signature()))
                    .as(vector.hash().name())
                    .isFalse();
        }
    }

    /**
     * Nothing is published with SM3: Bouncy Castle's answer. The digest is named 1.2.156.10197.1.401 (GM/T 0006), as in the TCG's
     * reference code and Botan; OpenSSL 4.0 has the identifier of the whole signature scheme there, 1.2.156.10197.1.504.
     */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsassaWithSm3(AsymmetricProvider provider) throws CryptoException {
        RsaVectors.Key key = RsaVectors.CAVP_2048;
        RSADigestSigner library = new RSADigestSigner(new SM3Digest(), GMObjectIdentifiers.sm3);
        library.init(
                true, new RSAKeyParameters(true, key.privateKey().publicKey().modulus(), key.privateExponent()));
        byte[] message = {'a', 'b', 'c'};
        library.update(message, 0, message.length);
        byte[] digest = new Digests().digest(TpmiAlgHash.SM3_256, message);
        assertThat(new RsaSignatures(provider, random, new KeyDerivation())
                        .signPkcs1(key.privateKey(), TpmiAlgHash.SM3_256, digest))
                .hasValue(library.generateSignature());
    }

    /** A TPM's salt is as long as the digest; it verifies with a salt of any length. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsapss(AsymmetricProvider provider) {
        List<RsaVectors.Signed> all = Stream.concat(RsaVectors.RSAPSS.stream(), RsaSha3AndSm3Vectors.RSAPSS.stream())
                .toList();
        for (RsaVectors.Signed vector : all) {
            RsaPrivateKey key = vector.key().privateKey();
            RsaSignatures signatures = new RsaSignatures(provider, giving(vector.salt()), new KeyDerivation());
            assertThat(signatures.verifyPss(key.publicKey(), vector.hash(), vector.digest(), vector.signature()))
                    .as(vector.source())
                    .isTrue();
            byte[] digest = vector.digest();
            if (vector.salt().length == digest.length) {
                assertThat(signatures.signPss(key, vector.hash(), digest))
                        .as(vector.source())
                        .hasValue(vector.signature());
            }
            digest[0] ^= 1;
            assertThat(signatures.verifyPss(key.publicKey(), vector.hash(), digest, vector.signature()))
                    .as(vector.source())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsaes(AsymmetricProvider provider) {
        RsaVectors.Encrypted vector = RsaVectors.RSAES;
        RsaEncryption rsa = new RsaEncryption(provider, random);
        assertThat(rsa.decryptPkcs1(vector.key().privateKey(), vector.ciphertext()))
                .isEqualTo(vector.message());
    }

    /** The padding of {@link RsaVectors#RSAES} put together by hand (RFC 8017, 7.2.1) gives its ciphertext. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsaesPaddedByHand(AsymmetricProvider provider) {
        RsaVectors.Encrypted vector = RsaVectors.RSAES;
        RsaPrivateKey key = vector.key().privateKey();
        byte[] padded = new byte[vector.ciphertext().length];
        padded[1] = 2;
        System.arraycopy(vector.seed(), 0, padded, 2, vector.seed().length);
        int message = padded.length - vector.message().length;
        System.arraycopy(vector.message(), 0, padded, message, vector.message().length);
        RsaEncryption rsa = new RsaEncryption(provider, random);
        assertThat(rsa.encryptRaw(key.publicKey(), padded)).isEqualTo(vector.ciphertext());
        assertThat(rsa.decryptRaw(key, vector.ciphertext())).isEqualTo(padded);
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void oaep(AsymmetricProvider provider) {
        for (RsaVectors.Encrypted vector : RsaVectors.OAEP) {
            RsaPrivateKey key = vector.key().privateKey();
            RsaEncryption rsa = new RsaEncryption(provider, giving(vector.seed()));
            assertThat(rsa.decryptOaep(key, vector.hash(), vector.label(), vector.ciphertext()))
                    .as(vector.source())
                    .isEqualTo(vector.message());
            if (vector.seed().length != 0) {
                assertThat(rsa.encryptOaep(key.publicKey(), vector.hash(), vector.label(), vector.message()))
                        .as(vector.source())
                        .isEqualTo(vector.ciphertext());
            }
        }
    }

    /** Gives {@code bytes} to who asks for as many, as the salt or seed, and random ones else. */
    private KeyMaterialSource giving(byte[] bytes) {
        return count -> count == bytes.length ? bytes : random.generate(count);
    }
}
