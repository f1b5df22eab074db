package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.security.PrivateKey;

import static org.assertj.core.api.Assertions.assertThat;

/** The provider of a TPM lives as long as the TPM; a private key that it has used must not. */
class FlushedKeysTest {
    private static final int COLLECTIONS = 20;

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void rsaKeyIsGone(AsymmetricProvider provider) {
        assertThat(isGone(afterDecryption(provider, RsaTest.generate(2048)))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void eccKeyThatSignedIsGone(AsymmetricProvider provider) {
        assertThat(isGone(afterSigning(provider, key(TpmEccCurve.NIST_P256)))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.vtpmd.engine.crypto.AsymmetricProviders#all")
    void eccKeyThatAgreedOnASecretIsGone(AsymmetricProvider provider) {
        assertThat(isGone(afterAgreement(provider, key(TpmEccCurve.NIST_P384)))).isTrue();
    }

    private static EccPrivateKey key(TpmEccCurve curve) {
        return new EccPrivateKey(EccCurve.of(curve), BigInteger.TWO);
    }

    private static WeakReference<PrivateKey> afterDecryption(AsymmetricProvider provider, RsaPrivateKey key) {
        provider.rsaPrivate(key, new byte[256]);
        return new WeakReference<>(key.providerKey());
    }

    private static WeakReference<PrivateKey> afterSigning(AsymmetricProvider provider, EccPrivateKey key) {
        provider.signEcdsa(key, new byte[32]);
        return new WeakReference<>(key.providerKey());
    }

    private static WeakReference<PrivateKey> afterAgreement(AsymmetricProvider provider, EccPrivateKey key) {
        provider.sharedX(key, key.curve().generator());
        return new WeakReference<>(key.providerKey());
    }

    /** A collection may leave what has just become unreachable to the next one. */
    private static boolean isGone(WeakReference<PrivateKey> key) {
        for (int i = 0; i < COLLECTIONS && key.get() != null; i++) {
            System.gc();
        }
        return key.get() == null;
    }
}
