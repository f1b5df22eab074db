package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRh;

/** TPM2_ChangeEPS (Part 3, 24.5). */
public final class ChangeEps implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNv();
        tpm.hierarchies().changeEndorsementSeed();
        tpm.objects().flushIf(hierarchy -> hierarchy == TpmRh.ENDORSEMENT);
        tpm.objects().evictIf(hierarchy -> hierarchy == TpmRh.ENDORSEMENT);
    }
}
