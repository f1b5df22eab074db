package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * TPM2_PCR_SetAuthPolicy (Part 3, 22.6). It answers for each PCR that none can be given: the PC Client Platform TPM Profile
 * (4.2 and 4.7) has no PCR with a policy of its own.
 */
public final class PcrSetAuthPolicy implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b authPolicy = command.parameter(Tpm2bType.DIGEST::read);
        TpmiAlgHash hash = command.parameter(TpmiAlgHash::readOrNull);
        command.intParameter(HandleType.TPMI_DH_PCR::read);
        command.endOfParameters();
        command.tpm().requireNv();
        if (authPolicy.size() != hash.digestSize()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        throw TpmException.parameter(3, TpmRc.VALUE);
    }
}
