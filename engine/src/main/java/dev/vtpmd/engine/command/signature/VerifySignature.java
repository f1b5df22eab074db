package dev.vtpmd.engine.command.signature;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmtSignature;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtTkVerified;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_VerifySignature (Part 3, 20.2). */
public final class VerifySignature implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b digest = command.parameter(Tpm2bType.DIGEST::read);
        TpmtSignature signature = command.parameter(TpmtSignature::read);
        command.endOfParameters();
        TpmObject key = command.object(1, TpmRc.ATTRIBUTES);
        if (!key.attributes().sign()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        TpmState tpm = command.tpm();
        try {
            tpm.signatures().verify(key, digest, signature);
        } catch (TpmException e) {
            throw e.atParameter(2);
        }
        boolean noTicket = key.hierarchy() == TpmRh.NULL || key.nameAlg() == TpmiAlgHash.NULL;
        TpmtTkVerified ticket =
                noTicket ? TpmtTkVerified.NULL : tpm.tickets().verified(key.hierarchy(), digest, key.name());
        ticket.write(command.response());
    }
}
