package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.nv.NvMemory;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_NV_Read (Part 3, 31.13). */
public final class NvRead implements Command {
    @Override
    public void execute(CommandContext command) {
        int size = command.intParameter(TpmReader::u16);
        int offset = command.intParameter(TpmReader::u16);
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        NvAccess.checkRead(command.handle(1), index);
        if (size > NvMemory.LARGEST_TRANSFER) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
        if (offset > index.publicArea().dataSize()) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        if (offset + size > index.publicArea().dataSize()) {
            throw TpmException.of(TpmRc.NV_RANGE);
        }
        command.response().u16(size);
        command.response().bytes(index.data().bytes(), offset, size);
    }
}
