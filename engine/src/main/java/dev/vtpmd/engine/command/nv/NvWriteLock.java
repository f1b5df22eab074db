package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_NV_WriteLock (Part 3, 31.11). An index that is locked already stays so, whoever asks. */
public final class NvWriteLock implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        TpmaNv attributes = index.attributes();
        command.tpm().readOnlyMode().check(attributes);
        if (attributes.writeLocked()) {
            return;
        }
        NvAccess.requireWriter(command.handle(1), index);
        if (!attributes.writeDefine() && !attributes.writeStClear()) {
            throw TpmException.handle(2, TpmRc.ATTRIBUTES);
        }
        command.tpm().requireNv(index);
        command.tpm().nv().put(index.withAttributes(attributes.with(TpmaNv.WRITE_LOCKED)));
    }
}
