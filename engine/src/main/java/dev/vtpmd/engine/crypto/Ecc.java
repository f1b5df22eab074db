package dev.vtpmd.engine.crypto;

import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Elliptic curve cryptography (Part 1, annex C): the NIST curves P-256, P-384 and P-521 through an {@link AsymmetricProvider},
 * the others through Bouncy Castle's point arithmetic. Its comb adds and doubles the same number of times for every secret; the numbers it
 * works on are constant in time where Bouncy Castle has code for the curve, which is all but the Barreto-Naehrig ones.
 *
 * <p>Points given here must lie on the curve: callers check with {@link EccCurve#contains} and answer TPM_RC_ECC_POINT.
 *
 * <p>Not safe for use by several threads.
 */
public final class Ecc {
    /** Bits drawn beyond the order's size, so that the remainder is as good as uniform (FIPS 186-5, A.2.1). */
    private static final int EXTRA_BYTES = 8;

    private final AsymmetricProvider provider;
    private final SecureRandom random;
    private final FixedPointCombMultiplier comb = new FixedPointCombMultiplier();

    /** Elliptic curves through {@code provider}; {@code random} gives the nonces of signatures on its other curves. */
    public Ecc(AsymmetricProvider provider, KeyMaterialSource random) {
        this.provider = provider;
        this.random = new SourceRandom(random);
    }

    /**
     * A private key from the next bytes of {@code source}: eight more than the order has, as one integer, modulo the order less
     * one, plus one. This is how a TPM makes random keys, and libtpms primary and derived ones.
     */
    public EccPrivateKey generate(EccCurve curve, KeyMaterialSource source) {
        BigInteger drawn = UnsignedIntegers.of(source.generate(curve.orderSize() + EXTRA_BYTES));
        BigInteger scalar = drawn.mod(curve.order().subtract(BigInteger.ONE)).add(BigInteger.ONE);
        return new EccPrivateKey(curve, scalar);
    }

    /** The public point of {@code key}. */
    public EccPoint publicPoint(EccPrivateKey key) {
        EccCurve curve = key.curve();
        if (curve.jcaParameters().isPresent()) {
            return provider.publicPoint(key);
        }
        return EccCurve.fromLibrary(comb.multiply(curve.libraryParameters().getG(), key.scalar()));
    }

    /** The x coordinate, in a coordinate's size, of the product of {@code key} and {@code point}: the Z of key exchange. */
    public byte[] sharedX(EccPrivateKey key, EccPoint point) {
        EccCurve curve = key.curve();
        return curve.jcaParameters().isPresent()
                ? provider.sharedX(key, point)
                : multiply(curve, key.scalar(), point).xBytes(curve);
    }

    /** The product of {@code key} and {@code point}, as TPM2_ECDH_ZGen returns it. Where x is enough, {@link #sharedX} is faster. */
    public EccPoint sharedPoint(EccPrivateKey key, EccPoint point) {
        EccCurve curve = key.curve();
        return curve.jcaParameters().isPresent()
                ? provider.sharedPoint(key, point)
                : multiply(curve, key.scalar(), point);
    }

    /**
     * An ECDSA signature of {@code digest} (Part 1, C.4.2), of which the leftmost bits count if it is longer than the order.
     *
     * @return r and s in the size of the order
     */
    public EccSignature sign(EccPrivateKey key, byte[] digest) {
        EccCurve curve = key.curve();
        if (curve.jcaParameters().isPresent()) {
            return provider.signEcdsa(key, digest);
        }
        ECDSASigner signer = new ECDSASigner();
        signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(key.scalar(), domain(curve)), random));
        BigInteger[] signature = signer.generateSignature(digest);
        return new EccSignature(
                UnsignedIntegers.toBytes(signature[0], curve.orderSize()),
                UnsignedIntegers.toBytes(signature[1], curve.orderSize()));
    }

    /** Whether {@code signature} is an ECDSA signature of {@code digest} by the key with this public point. */
    public boolean verify(EccCurve curve, EccPoint publicPoint, byte[] digest, EccSignature signature) {
        if (curve.jcaParameters().isPresent()) {
            return provider.verifyEcdsa(curve, publicPoint, digest, signature);
        }
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, new ECPublicKeyParameters(curve.toLibrary(publicPoint), domain(curve)));
        return signer.verifySignature(digest, UnsignedIntegers.of(signature.r()), UnsignedIntegers.of(signature.s()));
    }

    private EccPoint multiply(EccCurve curve, BigInteger scalar, EccPoint point) {
        return EccCurve.fromLibrary(comb.multiply(curve.toLibrary(point), scalar));
    }

    private static ECDomainParameters domain(EccCurve curve) {
        return new ECDomainParameters(curve.libraryParameters());
    }
}
