package dev.vtpmd.engine.crypto;

import java.math.BigInteger;

/**
 * An RSA public key.
 *
 * @param modulus product of the two primes, its highest bit a multiple of 8
 * @param exponent public exponent; a TPM's is a prime of at most 32 bits, taken as unsigned
 */
public record RsaPublicKey(BigInteger modulus, BigInteger exponent) {
    /** The exponent that a TPM means by zero: 2^16 + 1 (Part 2, 12.2.3.5). */
    public static final int DEFAULT_EXPONENT = 65537;

    /**
     * A key from the fields of a TPMT_PUBLIC.
     *
     * @param modulus the modulus, big-endian
     * @param exponent a UINT32; 0 means {@link #DEFAULT_EXPONENT}
     */
    public static RsaPublicKey of(byte[] modulus, int exponent) {
        return new RsaPublicKey(UnsignedIntegers.of(modulus), exponent(exponent));
    }

    /** The exponent that the UINT32 of a TPMS_RSA_PARMS means. */
    public static BigInteger exponent(int exponent) {
        return BigInteger.valueOf(exponent == 0 ? DEFAULT_EXPONENT : Integer.toUnsignedLong(exponent));
    }

    /** Size of the modulus, and of ciphertexts and signatures, in bytes. */
    public int size() {
        return (modulus.bitLength() + 7) / Byte.SIZE;
    }

    /** The modulus, {@link #size} bytes. */
    public byte[] modulusBytes() {
        return UnsignedIntegers.toBytes(modulus, size());
    }
}
