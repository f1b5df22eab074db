package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;

/** TPM2_NV_ReadPublic (Part 3, 31.6). */
public final class NvReadPublic implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        NvIndex index = command.nvIndex(1);
        command.response().sized(index.publicArea()::write);
        command.tpm().nv().name(index).write(command.response());
    }
}
