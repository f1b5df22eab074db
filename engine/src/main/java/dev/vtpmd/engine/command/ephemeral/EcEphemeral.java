package dev.vtpmd.engine.command.ephemeral;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.asymmetric.EccPoints;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.wire.Tpm2b;

/** TPM2_EC_Ephemeral (Part 3, 19.3). */
public final class EcEphemeral implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmEccCurve id = command.parameter(TpmEccCurve::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNvIfOrderly();
        EccCurve curve = EccCurve.of(id);
        EccPrivateKey ephemeral = tpm.commitments().next(curve, Tpm2b.EMPTY);
        command.response().sized(EccPoints.toWire(curve, tpm.ecc().publicPoint(ephemeral))::write);
        command.response().u16(tpm.commitments().commit());
    }
}
