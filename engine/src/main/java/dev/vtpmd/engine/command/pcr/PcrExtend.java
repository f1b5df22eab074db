package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrBanks;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.structure.TpmlDigestValues;
import dev.vtpmd.protocol.structure.TpmtHa;

/** TPM2_PCR_Extend (Part 3, 22.2). */
public final class PcrExtend implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmlDigestValues digests = command.parameter(TpmlDigestValues::read);
        command.endOfParameters();
        int pcr = command.handle(1);
        if (pcr == TpmRh.NULL) {
            return;
        }
        PcrEvent.beginExtend(command, pcr);
        PcrBanks pcrs = command.tpm().pcrs();
        for (TpmtHa digest : digests.digests()) {
            pcrs.extend(digest.hashAlg(), pcr, digest.digest().bytes());
        }
    }
}
