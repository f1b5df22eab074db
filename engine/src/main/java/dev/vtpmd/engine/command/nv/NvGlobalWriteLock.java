package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.nv.NvMemory;
import dev.vtpmd.protocol.attribute.TpmaNv;

import java.util.List;

/** TPM2_NV_GlobalWriteLock (Part 3, 31.12): locks every index with TPMA_NV_GLOBALLOCK. */
public final class NvGlobalWriteLock implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        command.tpm().requireNv();
        NvMemory nv = command.tpm().nv();
        for (NvIndex index : List.copyOf(nv.all())) {
            if (index.attributes().globalLock() && !index.attributes().writeLocked()) {
                nv.put(index.withAttributes(index.attributes().with(TpmaNv.WRITE_LOCKED)));
            }
        }
    }
}
