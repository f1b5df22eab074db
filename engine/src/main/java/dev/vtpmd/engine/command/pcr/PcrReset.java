package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrAttributes;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_PCR_Reset (Part 3, 22.8). */
public final class PcrReset implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        int pcr = command.handle(1);
        if (!PcrAttributes.of(pcr).resettableFrom(command.locality())) {
            throw TpmException.of(TpmRc.LOCALITY);
        }
        command.tpm().pcrs().reset(pcr);
    }
}
