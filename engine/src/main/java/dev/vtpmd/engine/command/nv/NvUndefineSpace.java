package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_NV_UndefineSpace (Part 3, 31.4). */
public final class NvUndefineSpace implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        command.tpm().requireNv();
        NvIndex index = command.nvIndex(2);
        if (index.attributes().policyDelete()) {
            throw TpmException.handle(2, TpmRc.ATTRIBUTES);
        }
        if (command.handle(1) == TpmRh.OWNER && index.attributes().platformCreate()) {
            throw TpmException.of(TpmRc.NV_AUTHORIZATION);
        }
        command.tpm().nv().undefine(index);
    }
}
