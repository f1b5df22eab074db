package dev.vtpmd.engine.crypto;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What was published of RSA: that, where it is random, comes from a given salt or seed. */
class RsaVectorsTest {
    private final KeyMaterialSource random = AsymmetricProviders.random();

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsassa(AsymmetricProvider provider) {
        RsaSignatures signatures = new RsaSignatures(provider, random);
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

    /** A TPM's salt is as long as the digest; it verifies with a salt of any length. */
    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsapss(AsymmetricProvider provider) {
        for (RsaVectors.Signed vector : RsaVectors.RSAPSS) {
            RsaPrivateKey key = vector.key().privateKey();
            RsaSignatures signatures = new RsaSignatures(provider, giving(vector.salt()));
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
