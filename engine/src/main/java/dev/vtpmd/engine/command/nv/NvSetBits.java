package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_NV_SetBits (Part 3, 31.10). */
public final class NvSetBits implements Command {
    @Override
    public void execute(CommandContext command) {
        long bits = command.parameter(TpmReader::u64);
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        command.tpm().readOnlyMode().check(index.attributes());
        NvAccess.checkWrite(command.handle(1), index);
        if (index.type() != TpmNt.BITS) {
            throw TpmException.handle(2, TpmRc.ATTRIBUTES);
        }
        command.tpm().requireNv(index);
        long before = index.attributes().written() ? index.number() : 0;
        command.tpm().nv().put(index.written(before | bits));
    }
}
