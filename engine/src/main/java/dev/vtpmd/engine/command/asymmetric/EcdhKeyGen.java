package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_ECDH_KeyGen (Part 3, 14.4). A key whose point is not on its curve is refused with TPM_RC_KEY. */
public final class EcdhKeyGen implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        TpmObject key = command.object(1, TpmRc.KEY);
        if (key.type() != TpmAlgId.ECC) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        EccCurve curve = key.key().curve();
        EccPoint publicKey = key.key().eccPublicKey();
        if (!curve.contains(publicKey)) {
            throw TpmException.handle(1, TpmRc.KEY);
        }
        TpmState tpm = command.tpm();
        Ecc ecc = tpm.ecc();
        EccPrivateKey ephemeral = ecc.generate(curve, tpm.randomGenerator());
        command.response().sized(EccPoints.toWire(curve, ecc.sharedPoint(ephemeral, publicKey))::write);
        command.response().sized(EccPoints.toWire(curve, ecc.publicPoint(ephemeral))::write);
    }
}
