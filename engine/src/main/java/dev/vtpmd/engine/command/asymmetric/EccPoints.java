package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/** Points as parameters of commands (Part 2, 11.2.5.2). */
public final class EccPoints {
    /** What stands for a point that there is not. */
    public static final TpmsEccPoint NONE = new TpmsEccPoint(Tpm2b.EMPTY, Tpm2b.EMPTY);

    private EccPoints() {}

    /** A point as a TPM gives it: coordinates padded to the size of the field. */
    public static TpmsEccPoint toWire(EccCurve curve, EccPoint point) {
        return new TpmsEccPoint(Tpm2b.wrap(point.xBytes(curve)), Tpm2b.wrap(point.yBytes(curve)));
    }

    /**
     * The point that {@code point}, whose coordinates may lack zeros in front, stands for.
     *
     * @param parameter number of the parameter
     * @throws TpmException TPM_RC_ECC_POINT with that number if it is not on {@code curve}
     */
    public static EccPoint onCurve(EccCurve curve, TpmsEccPoint point, int parameter) {
        EccPoint result = EccPoint.of(point.x().bytes(), point.y().bytes());
        if (!curve.contains(result)) {
            throw TpmException.parameter(parameter, TpmRc.ECC_POINT);
        }
        return result;
    }
}
