package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

import java.math.BigInteger;

/**
 * SM2 signatures (GM/T 0003.2; Part 1, C.4.5) of a digest that the caller has made, with all that SM2 puts before the message.
 *
 * <p>Points given here must lie on the curve. Not safe for use by several threads.
 */
public final class Sm2Signatures {
    private final Ecc ecc;
    private final KeyMaterialSource random;

    /** Signatures whose ephemeral keys come from {@code random}. */
    public Sm2Signatures(Ecc ecc, KeyMaterialSource random) {
        this.ecc = ecc;
        this.random = random;
    }

    /**
     * A signature of {@code digest} (6.1, steps A3 to A6).
     *
     * @return r and s in the size of the order
     * @throws TpmException TPM_RC_NO_RESULT if the private key is the order less one, which SM2 excludes
     */
    public EccSignature sign(EccPrivateKey key, byte[] digest) {
        EccCurve curve = key.curve();
        BigInteger order = curve.order();
        BigInteger successor = key.scalar().add(BigInteger.ONE);
        if (successor.equals(order)) {
            throw TpmException.of(TpmRc.NO_RESULT);
        }
        BigInteger inverse = successor.modInverse(order);
        while (true) {
            EccPrivateKey ephemeral = ecc.generate(curve, random);
            BigInteger k = ephemeral.scalar();
            BigInteger r = UnsignedIntegers.of(digest)
                    .add(ecc.publicPoint(ephemeral).x())
                    .mod(order);
            BigInteger s =
                    k.subtract(r.multiply(key.scalar())).multiply(inverse).mod(order);
            if (r.signum() != 0 && s.signum() != 0 && !r.add(k).equals(order)) {
                return new EccSignature(
                        UnsignedIntegers.toBytes(r, curve.orderSize()), UnsignedIntegers.toBytes(s, curve.orderSize()));
            }
        }
    }

    /** Whether {@code signature} is a signature of {@code digest} by the key with this public point (7.1, steps B1 to B7). */
    public boolean verify(EccCurve curve, EccPoint publicPoint, byte[] digest, EccSignature signature) {
        BigInteger r = UnsignedIntegers.of(signature.r());
        BigInteger s = UnsignedIntegers.of(signature.s());
        BigInteger t = r.add(s).mod(curve.order());
        if (!curve.containsScalar(r) || !curve.containsScalar(s) || t.signum() == 0) {
            return false;
        }
        ECPoint generator = curve.libraryParameters().getG();
        ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(generator, s, curve.toLibrary(publicPoint), t);
        return !sum.isInfinity()
                && UnsignedIntegers.of(digest)
                        .add(EccCurve.fromLibrary(sum).x())
                        .mod(curve.order())
                        .equals(r);
    }
}
