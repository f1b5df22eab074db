package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.wire.TpmException;

import java.math.BigInteger;

/**
 * The operations with private keys, as a cryptographic library has them that keeps them constant in time or blinds them. Which
 * library that is, is decided once for a process; the results are the same.
 *
 * <p>A provider belongs to one TPM, as it holds reusable objects, and is used by one thread at a time. The keys that it works
 * with belong to the same TPM.
 */
public sealed interface AsymmetricProvider permits JcaAsymmetricProvider {
    /** Amazon's Corretto Crypto Provider where its native library can be loaded, else the JDK's providers. */
    static AsymmetricProvider fastest() {
        try {
            return CorrettoAsymmetricProvider.isAvailable() ? new CorrettoAsymmetricProvider() : jdk();
        } catch (LinkageError absent) {
            return jdk();
        }
    }

    /** The JDK's providers, which are everywhere. */
    static AsymmetricProvider jdk() {
        return new JdkAsymmetricProvider();
    }

    /** How to call the provider in a log. */
    String name();

    /**
     * The raw RSA private-key operation: {@code input}, big-endian, to the power of the private exponent.
     *
     * @param input as many bytes as the modulus has, smaller than the modulus
     * @return as many bytes as the modulus has
     * @throws TpmException TPM_RC_FAILURE if the result is wrong because the factors of the key are no primes
     */
    byte[] rsaPrivate(RsaPrivateKey key, byte[] input);

    /** {@code base} to the power of {@code exponent} modulo {@code modulus}, an odd number of 512 bits or more. */
    BigInteger modPow(BigInteger base, BigInteger exponent, BigInteger modulus);

    /** The public point of a private key. */
    EccPoint publicPoint(EccPrivateKey key);

    /** The x coordinate of the product of a private key and a point that lies on the key's curve; a coordinate's size. */
    byte[] sharedX(EccPrivateKey key, EccPoint point);

    /** The product of a private key and a point that lies on the key's curve. */
    EccPoint sharedPoint(EccPrivateKey key, EccPoint point);

    /** An ECDSA signature of a digest, of which the leftmost bits count if it is longer than the order. */
    EccSignature signEcdsa(EccPrivateKey key, byte[] digest);

    /** Whether {@code signature} is an ECDSA signature of {@code digest}. */
    boolean verifyEcdsa(EccCurve curve, EccPoint publicPoint, byte[] digest, EccSignature signature);
}
