package dev.vtpmd.engine.command.nv;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.util.Arrays;

/**
 * TPM2_NV_Write (Part 3, 31.7). What a first, partial write leaves out is ones, as in memory that was erased, and zeros in an
 * orderly index, which is in RAM; so it is in the reference code.
 */
public final class NvWrite implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_NV_BUFFER::read);
        int offset = command.intParameter(TpmReader::u16);
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        command.tpm().readOnlyMode().check(index.attributes());
        NvAccess.checkWrite(command.handle(1), index);
        TpmNt type = index.type();
        if (type == TpmNt.COUNTER || type == TpmNt.BITS || type == TpmNt.EXTEND) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        int size = index.publicArea().dataSize();
        if (offset > size) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        boolean partial = offset != 0 || data.size() != size;
        if (offset + data.size() > size || (index.attributes().writeAll() && partial)) {
            throw TpmException.of(TpmRc.NV_RANGE);
        }
        command.tpm().requireNv(index);
        byte[] contents = index.attributes().written() ? index.data().toByteArray() : erased(index);
        System.arraycopy(data.bytes(), 0, contents, offset, data.size());
        command.tpm().nv().put(index.written(Tpm2b.wrap(contents)));
    }

    private static byte[] erased(NvIndex index) {
        byte[] contents = new byte[index.publicArea().dataSize()];
        Arrays.fill(contents, index.attributes().orderly() ? 0 : (byte) 0xFF);
        return contents;
    }
}
