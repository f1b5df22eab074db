package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.math.ec.ECPoint;

import java.math.BigInteger;

/**
 * One side of a key exchange in which both have a static and an ephemeral key (Part 1, C.5.4 and C.5.5), as far as the shared
 * point; the caller derives a key from it.
 *
 * <p>The other side's points must lie on the curve.
 */
public final class TwoPhaseKeyExchange {
    private final Ecc ecc;
    private final EccPrivateKey staticKey;
    private final EccPrivateKey ephemeralKey;
    private final EccCurve curve;

    /** An exchange with these keys of this side, which are on one curve. */
    public TwoPhaseKeyExchange(Ecc ecc, EccPrivateKey staticKey, EccPrivateKey ephemeralKey) {
        this.ecc = ecc;
        this.staticKey = staticKey;
        this.ephemeralKey = ephemeralKey;
        this.curve = staticKey.curve();
    }

    /**
     * Full MQV (SP 800-56A, 5.7.2.3.1).
     *
     * @throws TpmException TPM_RC_NO_RESULT if the other side has chosen its keys so that there is no shared point
     */
    public EccPoint mqv(EccPoint theirStatic, EccPoint theirEphemeral) {
        int bits = (curve.order().bitLength() + 1) / 2;
        BigInteger secret = combine(ephemeralKey, associatedValue(ownEphemeral(), bits), staticKey);
        return share(secret, theirEphemeral, associatedValue(theirEphemeral, bits), theirStatic);
    }

    /**
     * The key exchange of SM2 (GM/T 0003.3, 6.1, steps A4 to A7).
     *
     * @throws TpmException as {@link #mqv}
     */
    public EccPoint sm2(EccPoint theirStatic, EccPoint theirEphemeral) {
        int bits = (curve.order().bitLength() + 1) / 2 - 1;
        BigInteger secret = combine(staticKey, associatedValue(ownEphemeral(), bits), ephemeralKey);
        return share(secret, theirStatic, associatedValue(theirEphemeral, bits), theirEphemeral);
    }

    private EccPoint ownEphemeral() {
        return ecc.publicPoint(ephemeralKey);
    }

    /** The lowest {@code bits} bits of the x coordinate, and the bit above them set. */
    private static BigInteger associatedValue(EccPoint point, int bits) {
        BigInteger limit = BigInteger.ONE.shiftLeft(bits);
        return point.x().mod(limit).add(limit);
    }

    private BigInteger combine(EccPrivateKey summand, BigInteger factor, EccPrivateKey multiplied) {
        return multiplied.scalar().multiply(factor).add(summand.scalar()).mod(curve.order());
    }

    /** The product of a secret and the sum of a point and a multiple of another. All curves here have cofactor 1. */
    private EccPoint share(BigInteger secret, EccPoint summand, BigInteger factor, EccPoint multiplied) {
        ECPoint sum = curve.toLibrary(multiplied).multiply(factor).add(curve.toLibrary(summand));
        if (secret.signum() == 0 || sum.isInfinity()) {
            throw TpmException.of(TpmRc.NO_RESULT);
        }
        return ecc.sharedPoint(new EccPrivateKey(curve, secret), EccCurve.fromLibrary(sum));
    }
}
