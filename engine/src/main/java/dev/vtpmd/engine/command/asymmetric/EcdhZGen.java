package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_ECDH_ZGen (Part 3, 14.5). */
public final class EcdhZGen implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmsEccPoint inPoint = command.parameter(in -> in.sized(TpmsEccPoint::read));
        command.endOfParameters();
        TpmObject key = command.object(1, TpmRc.KEY);
        if (!(key.publicArea().parameters() instanceof TpmsEccParms parameters)) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        if (key.attributes().restricted() || !key.attributes().decrypt()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        TpmtAsymScheme scheme = parameters.scheme();
        if (!scheme.isNull() && scheme.scheme() != TpmAlgId.ECDH) {
            throw TpmException.handle(1, TpmRc.SCHEME);
        }
        EccCurve curve = key.key().curve();
        EccPoint point = EccPoints.onCurve(curve, inPoint, 1);
        EccPoint shared = command.tpm().ecc().sharedPoint(key.key().eccPrivateKey(), point);
        command.response().sized(EccPoints.toWire(curve, shared)::write);
    }
}
