package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The signatures of Schnorr's kind that TPMs make: ECSchnorr (Part 1, C.4.4) and, with an ephemeral key that was committed
 * to before, ECDAA (Part 1, C.4.3). Both give s = k + t * d modulo the order, with k ephemeral, d the private key, and t a
 * digest.
 *
 * <p>Points given here must lie on the curve. Not safe for use by several threads.
 */
public final class SchnorrSignatures {
    private final Ecc ecc;
    private final Digests digests;
    private final KeyMaterialSource random;

    /** Signatures whose ephemeral keys and nonces come from {@code random}. */
    public SchnorrSignatures(Ecc ecc, Digests digests, KeyMaterialSource random) {
        this.ecc = ecc;
        this.digests = digests;
        this.random = random;
    }

    /**
     * An ECSchnorr signature of {@code digest}.
     *
     * @param hash algorithm of the scheme
     * @return r and s in the size of the order
     */
    public EccSignature sign(EccPrivateKey key, TpmiAlgHash hash, byte[] digest) {
        EccCurve curve = key.curve();
        while (true) {
            EccPrivateKey ephemeral = ecc.generate(curve, random);
            BigInteger r = challenge(curve, hash, ecc.publicPoint(ephemeral), digest);
            BigInteger s = response(ephemeral, r, key);
            if (curve.containsScalar(r) && s.signum() != 0) {
                return new EccSignature(
                        UnsignedIntegers.toBytes(r, curve.orderSize()), UnsignedIntegers.toBytes(s, curve.orderSize()));
            }
        }
    }

    /** Whether {@code signature} is an ECSchnorr signature of {@code digest} by the key with this public point. */
    public boolean verify(
            EccCurve curve, EccPoint publicPoint, TpmiAlgHash hash, byte[] digest, EccSignature signature) {
        BigInteger r = UnsignedIntegers.of(signature.r());
        BigInteger s = UnsignedIntegers.of(signature.s());
        if (!curve.containsScalar(r) || !curve.containsScalar(s)) {
            return false;
        }
        ECPoint generator = curve.libraryParameters().getG();
        ECPoint ephemeral = ECAlgorithms.sumOfTwoMultiplies(
                generator, s, curve.toLibrary(publicPoint), curve.order().subtract(r));
        return !ephemeral.isInfinity()
                && challenge(curve, hash, EccCurve.fromLibrary(ephemeral), digest)
                        .equals(r);
    }

    /**
     * An ECDAA signature of {@code digest}. There is none by which the signer could be recognised, so none is verified here
     * either.
     *
     * @param ephemeral the key that was committed to, never used before
     * @return r, a nonce without zeros in front, and s in the size of the order
     */
    public EccSignature signAnonymously(EccPrivateKey key, EccPrivateKey ephemeral, TpmiAlgHash hash, byte[] digest) {
        EccCurve curve = key.curve();
        while (true) {
            byte[] nonce = UnsignedIntegers.toBytes(ecc.generate(curve, random).scalar());
            BigInteger t =
                    UnsignedIntegers.of(digests.digest(hash, nonce, digest)).mod(curve.order());
            BigInteger s = response(ephemeral, t, key);
            if (t.signum() != 0 && s.signum() != 0) {
                return new EccSignature(nonce, UnsignedIntegers.toBytes(s, curve.orderSize()));
            }
        }
    }

    /** The digest of a point's x coordinate and a digest, cut to the size of the order. */
    private BigInteger challenge(EccCurve curve, TpmiAlgHash hash, EccPoint point, byte[] digest) {
        byte[] hashed = digests.digest(hash, point.xBytes(curve), digest);
        return UnsignedIntegers.of(Arrays.copyOf(hashed, Math.min(hashed.length, curve.orderSize())));
    }

    private static BigInteger response(EccPrivateKey ephemeral, BigInteger challenge, EccPrivateKey key) {
        return challenge
                .multiply(key.scalar())
                .add(ephemeral.scalar())
                .mod(key.curve().order());
    }
}
