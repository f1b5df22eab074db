package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmRh;

/** TPM2_ChangePPS (Part 3, 24.4). */
public final class ChangePps implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNv();
        tpm.hierarchies().changePlatformSeed();
        tpm.objects().flushIf(hierarchy -> hierarchy == TpmRh.PLATFORM);
        tpm.objects().evictIf(hierarchy -> hierarchy == TpmRh.PLATFORM);
    }
}
