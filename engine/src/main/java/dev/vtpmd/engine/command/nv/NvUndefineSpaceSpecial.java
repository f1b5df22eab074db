package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_NV_UndefineSpaceSpecial (Part 3, 31.5): for an index that only its policy can delete. */
public final class NvUndefineSpaceSpecial implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        command.tpm().requireNv();
        NvIndex index = command.nvIndex(1);
        if (!index.attributes().policyDelete()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        command.tpm().nv().undefine(index);
    }
}
