package dev.vtpmd.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/** Non-negative integers as big-endian byte arrays of fixed size. */
public final class UnsignedIntegers {
    private UnsignedIntegers() {}

    /** The integer that {@code bytes} are. */
    static BigInteger of(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    /** {@code value} without zeros in front. */
    static byte[] toBytes(BigInteger value) {
        return toBytes(value, (value.bitLength() + 7) / Byte.SIZE);
    }

    /** {@code value} in exactly {@code size} bytes, zeros first. */
    public static byte[] toBytes(BigInteger value, int size) {
        byte[] signed = value.toByteArray();
        if (signed.length == size) {
            return signed;
        }
        byte[] result = new byte[size];
        int surplus = signed.length - size;
        if (surplus > 1 || surplus == 1 && signed[0] != 0) {
            throw new IllegalArgumentException("more than " + size + " bytes");
        }
        System.arraycopy(signed, Math.max(surplus, 0), result, Math.max(-surplus, 0), Math.min(signed.length, size));
        Arrays.fill(signed, (byte) 0);
        return result;
    }
}
