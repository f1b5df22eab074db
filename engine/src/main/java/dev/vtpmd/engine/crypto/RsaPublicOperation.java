package dev.vtpmd.engine.crypto;

import java.math.BigInteger;

/** The raw RSA public-key operation. Nothing in it is secret but what is encrypted, and the exponent is short and public. */
final class RsaPublicOperation {
    private RsaPublicOperation() {}

    /** Whether {@code bytes} are as many as the modulus has, and below it as a number. */
    static boolean isInRange(RsaPublicKey key, byte[] bytes) {
        return bytes.length == key.size() && UnsignedIntegers.of(bytes).compareTo(key.modulus()) < 0;
    }

    /** {@code input}, which is in range, to the power of the public exponent; as many bytes as the modulus has. */
    static byte[] apply(RsaPublicKey key, byte[] input) {
        BigInteger result = UnsignedIntegers.of(input).modPow(key.exponent(), key.modulus());
        return UnsignedIntegers.toBytes(result, key.size());
    }
}
