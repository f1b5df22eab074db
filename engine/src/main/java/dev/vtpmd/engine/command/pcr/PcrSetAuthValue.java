package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * TPM2_PCR_SetAuthValue (Part 3, 22.7). It answers for each PCR that none can be given: the PC Client Platform TPM Profile
 * (4.2 and 4.7) has no PCR with an authValue of its own.
 */
public final class PcrSetAuthValue implements Command {
    @Override
    public void execute(CommandContext command) {
        command.parameter(Tpm2bType.DIGEST::read);
        command.endOfParameters();
        throw TpmException.of(TpmRc.VALUE);
    }
}
