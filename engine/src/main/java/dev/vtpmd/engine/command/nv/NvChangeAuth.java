package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_NV_ChangeAuth (Part 3, 31.15). */
public final class NvChangeAuth implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b newAuth = command.parameter(Tpm2bType.AUTH::read).withoutTrailingZeros();
        command.endOfParameters();
        command.tpm().requireNv();
        NvIndex index = command.nvIndex(1);
        if (newAuth.size() > index.publicArea().nameAlg().digestSize()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        command.tpm().nv().put(index.withAuthValue(newAuth));
    }
}
