package dev.vtpmd.engine.crypto;

import java.math.BigInteger;
import java.security.PrivateKey;

/**
 * An RSA private key with all that the Chinese remainder theorem needs. Of these a TPM stores one prime (Part 2, 12.3.2.5);
 * {@link #ofPrime} finds the rest. {@code toString} shows nothing of it. What is in a BigInteger cannot be wiped: a key's owner
 * lets go of the object.
 */
public final class RsaPrivateKey {
    private final RsaPublicKey publicKey;
    private final BigInteger p;
    private final BigInteger q;
    private final BigInteger privateExponent;
    private PrivateKey providerKey;

    private RsaPrivateKey(RsaPublicKey publicKey, BigInteger p, BigInteger q) {
        this.publicKey = publicKey;
        this.p = p;
        this.q = q;
        this.privateExponent = privateExponent(publicKey.exponent(), p, q);
    }

    /**
     * The private key with this public key, one of whose primes is {@code prime} (big-endian).
     *
     * @throws IllegalArgumentException if {@code prime} does not divide the modulus or is its square root, or there is no
     *     private exponent
     */
    public static RsaPrivateKey ofPrime(RsaPublicKey publicKey, byte[] prime) {
        BigInteger p = UnsignedIntegers.of(prime);
        if (p.compareTo(BigInteger.ONE) <= 0) {
            throw new IllegalArgumentException("not a factor of the modulus");
        }
        BigInteger[] quotient = publicKey.modulus().divideAndRemainder(p);
        boolean factor = quotient[1].signum() == 0 && !quotient[0].equals(BigInteger.ONE);
        if (!factor || quotient[0].equals(p)) {
            throw new IllegalArgumentException("not a factor of the modulus");
        }
        return new RsaPrivateKey(publicKey, p, quotient[0]);
    }

    /**
     * The private key with these two primes.
     *
     * @throws IllegalArgumentException if there is no private exponent
     */
    public static RsaPrivateKey ofPrimes(BigInteger p, BigInteger q, BigInteger exponent) {
        return new RsaPrivateKey(new RsaPublicKey(p.multiply(q), exponent), p, q);
    }

    /** The inverse d of e modulo the totient, as (1 + k * totient) / e, which needs no more than an inverse modulo e. */
    private static BigInteger privateExponent(BigInteger e, BigInteger p, BigInteger q) {
        BigInteger totient = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
        try {
            BigInteger k = e.subtract(totient.mod(e).modInverse(e));
            return k.multiply(totient).add(BigInteger.ONE).divide(e);
        } catch (ArithmeticException none) {
            throw new IllegalArgumentException("no private exponent", none);
        }
    }

    /** The public key. */
    public RsaPublicKey publicKey() {
        return publicKey;
    }

    /** The prime that the TPM stores, in half as many bytes as the modulus has. */
    public byte[] prime() {
        return UnsignedIntegers.toBytes(p, publicKey.size() / 2);
    }

    /** The prime that the TPM stores. */
    public BigInteger p() {
        return p;
    }

    /** The other prime. */
    public BigInteger q() {
        return q;
    }

    /** The private exponent d, smaller than (p - 1)(q - 1). */
    public BigInteger privateExponent() {
        return privateExponent;
    }

    /** The key as the provider of this TPM has it, or null; see {@link #providerKey(PrivateKey)}. */
    PrivateKey providerKey() {
        return providerKey;
    }

    /** Keeps what the provider made of this key, so that it need not be made again. */
    void providerKey(PrivateKey key) {
        this.providerKey = key;
    }

    @Override
    public String toString() {
        return "RsaPrivateKey[" + publicKey.modulus().bitLength() + " bits]";
    }
}
