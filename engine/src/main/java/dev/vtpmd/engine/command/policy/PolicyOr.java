package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.structure.TpmlDigest;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_PolicyOR (Part 3, 23.6). */
public final class PolicyOr implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmlDigest branches = command.parameter(TpmlDigest::readAlternatives);
        command.endOfParameters();
        Session session = command.session(1);
        if (!session.isTrial() && !branches.digests().contains(session.policy().digest())) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
        byte[][] digests = branches.digests().stream().map(Tpm2b::bytes).toArray(byte[][]::new);
        session.policy(new PolicyDigest(command.tpm().digests()).extendZeros(session, command.code(), digests));
    }
}
