package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.nv.TpmtNvPublic2;

/** TPM2_NV_ReadPublic2 (Part 3, 31.19). The Name does not cover the type of the handle, which the handle has anyway. */
public final class NvReadPublic2 implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        NvIndex index = command.nvIndex(1);
        command.response().sized(new TpmtNvPublic2(index.publicArea())::write);
        command.tpm().nv().name(index).write(command.response());
    }
}
