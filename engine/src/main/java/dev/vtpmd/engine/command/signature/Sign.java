package dev.vtpmd.engine.command.signature;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.signature.Signer;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmtTkHashcheck;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Sign (Part 3, 20.5). */
public final class Sign implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b digest = command.parameter(Tpm2bType.DIGEST::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_SIG_SCHEME));
        TpmtTkHashcheck validation = command.parameter(TpmtTkHashcheck::read);
        command.endOfParameters();
        TpmObject key = Signer.signingKey(command, 1);
        if (key.attributes().x509Sign()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        TpmtAsymScheme scheme = Signer.of(command, 1, inScheme, 2).scheme();
        TpmState tpm = command.tpm();
        if (key.attributes().restricted() || !validation.digest().isEmpty()) {
            if (!validation.equals(tpm.tickets().hashcheck(validation.hierarchy(), scheme.hashAlg(), digest))) {
                throw TpmException.parameter(3, TpmRc.TICKET);
            }
        } else if (digest.size() != scheme.hashAlg().digestSize()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        tpm.signatures().sign(key, scheme, digest).write(command.response());
    }
}
