package dev.vtpmd.engine.crypto;

import java.math.BigInteger;

/**
 * A point of an elliptic curve by its affine coordinates; never the point at infinity. That it lies on some curve is for {@link
 * EccCurve#contains} to say.
 */
public record EccPoint(BigInteger x, BigInteger y) {
    /** The point with these coordinates, big-endian and of any length. */
    public static EccPoint of(byte[] x, byte[] y) {
        return new EccPoint(UnsignedIntegers.of(x), UnsignedIntegers.of(y));
    }

    /** The x coordinate in the size that {@code curve} gives a coordinate. */
    public byte[] xBytes(EccCurve curve) {
        return UnsignedIntegers.toBytes(x, curve.coordinateSize());
    }

    /** The y coordinate in the size that {@code curve} gives a coordinate. */
    public byte[] yBytes(EccCurve curve) {
        return UnsignedIntegers.toBytes(y, curve.coordinateSize());
    }

    /** Whether it is a secret cannot be known here, so only that it is a point is shown. */
    @Override
    public String toString() {
        return "EccPoint";
    }
}
