package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_NV_Increment (Part 3, 31.8). */
public final class NvIncrement implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        NvAccess.checkWrite(command.handle(1), index);
        if (index.type() != TpmNt.COUNTER) {
            throw TpmException.handle(2, TpmRc.ATTRIBUTES);
        }
        command.tpm().requireNv(index);
        boolean first = !index.attributes().written();
        long count = first ? command.tpm().nv().firstCount() : index.number() + 1;
        command.tpm().nv().put(index.written(count));
    }
}
