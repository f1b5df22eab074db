package dev.vtpmd.engine.crypto;

import java.math.BigInteger;
import java.security.PrivateKey;

/**
 * A private key on an elliptic curve. {@code toString} shows nothing of it. What is in a BigInteger cannot be wiped: a key's
 * owner lets go of the object.
 */
public final class EccPrivateKey {
    private final EccCurve curve;
    private final BigInteger scalar;
    private PrivateKey providerKey;

    /**
     * The key with this scalar.
     *
     * @throws IllegalArgumentException if it is not from 1 to the curve's order less 1
     */
    public EccPrivateKey(EccCurve curve, BigInteger scalar) {
        if (!curve.containsScalar(scalar)) {
            throw new IllegalArgumentException("not a private key on " + curve);
        }
        this.curve = curve;
        this.scalar = scalar;
    }

    /** The key whose TPM2B_ECC_PARAMETER has these bytes; see the constructor. */
    public static EccPrivateKey of(EccCurve curve, byte[] scalar) {
        return new EccPrivateKey(curve, UnsignedIntegers.of(scalar));
    }

    /** The curve. */
    public EccCurve curve() {
        return curve;
    }

    /** The scalar d. */
    public BigInteger scalar() {
        return scalar;
    }

    /** The scalar, in the size that the curve gives a coordinate. */
    public byte[] scalarBytes() {
        return UnsignedIntegers.toBytes(scalar, curve.coordinateSize());
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
        return "EccPrivateKey[" + curve + "]";
    }
}
