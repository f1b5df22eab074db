package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.pcr.PcrAttributes;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.structure.TpmlDigestValues;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.TpmException;

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
        TpmState tpm = command.tpm();
        if (!PcrAttributes.of(pcr).extendableFrom(command.locality())) {
            throw TpmException.of(TpmRc.LOCALITY);
        }
        if (PcrAttributes.of(pcr).saved()) {
            tpm.requireNvIfOrderly();
        }
        for (TpmtHa digest : digests.digests()) {
            tpm.pcrs().extend(digest.hashAlg(), pcr, digest.digest().bytes());
        }
    }
}
