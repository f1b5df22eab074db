package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_NV_Extend (Part 3, 31.9). */
public final class NvExtend implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_NV_BUFFER::read);
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        command.tpm().readOnlyMode().check(index.attributes());
        NvAccess.checkWrite(command.handle(1), index);
        if (index.type() != TpmNt.EXTEND) {
            throw TpmException.handle(2, TpmRc.ATTRIBUTES);
        }
        command.tpm().requireNv(index);
        TpmiAlgHash hash = index.publicArea().nameAlg();
        byte[] before = index.attributes().written() ? index.data().bytes() : new byte[hash.digestSize()];
        byte[] extended = command.tpm().digests().digest(hash, before, data.bytes());
        command.tpm().nv().put(index.written(Tpm2b.wrap(extended)));
    }
}
