package dev.vtpmd.engine.libtpms;

import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.nv.TpmsNvPublic;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * USER_NVRAM: NV indices and persistent objects.
 *
 * @param indices orderly ones without their data, and with attributes that may be old
 * @param maxCounter the highest value of the counters that were deleted
 */
record UserNvram(List<NvIndex> indices, List<TpmObject> objects, long maxCounter) {
    private static final int MAGIC = 0x094F22C3;
    private static final int NV_INDEX = 0x2547265A;
    private static final int LARGEST_AUTH = 64;

    static UserNvram read(LibtpmsReader in) {
        in.header("USER_NVRAM", MAGIC, 2, 2);
        in.skip(Long.BYTES);
        List<NvIndex> indices = new ArrayList<>();
        List<TpmObject> objects = new ArrayList<>();
        while (in.u32() != 0) {
            int handle = in.u32();
            if (TpmHt.PERSISTENT.holds(handle)) {
                objects.add(object(in, handle));
            } else if (TpmHt.NV_INDEX.holds(handle)) {
                indices.add(index(in, handle));
            } else {
                throw new MalformedStateException(
                        "it is damaged: the handle 0x%08X is neither an NV index nor an object".formatted(handle));
            }
        }
        long maxCounter = in.u64();
        in.end();
        return new UserNvram(List.copyOf(indices), List.copyOf(objects), maxCounter);
    }

    /** The indices, the orderly ones as they are in RAM. */
    List<NvIndex> indices(Map<Integer, OrderlyRam.Entry> ram) {
        return indices.stream()
                .map(index -> inRam(index, ram.get(index.handle())))
                .toList();
    }

    private static NvIndex inRam(NvIndex index, OrderlyRam.Entry entry) {
        if (!index.attributes().orderly()) {
            return index;
        }
        int size = index.publicArea().dataSize();
        if (entry == null) {
            return new NvIndex(
                    index.publicArea().withAttributes(index.attributes().without(TpmaNv.WRITTEN)),
                    index.authValue(),
                    Tpm2b.zeros(size));
        }
        if (entry.data().size() != size || !entry.attributes().orderly()) {
            throw new MalformedStateException(
                    "it is damaged: the NV index 0x%08X is another one in RAM".formatted(index.handle()));
        }
        return new NvIndex(index.publicArea().withAttributes(entry.attributes()), index.authValue(), entry.data());
    }

    private static NvIndex index(LibtpmsReader in, int handle) {
        in.header("NV_INDEX", NV_INDEX, 2, 2);
        TpmsNvPublic area;
        try {
            area = TpmsNvPublic.read(in.structures());
        } catch (TpmException e) {
            throw new MalformedStateException(
                    "the NV index 0x%08X has a hash algorithm, attributes or a size that this TPM does not offer, or is damaged"
                            .formatted(handle));
        }
        Tpm2b auth = in.sized().withoutTrailingZeros();
        in.end();
        int size = in.u32();
        boolean fits = area.attributes().orderly() && size == 0 || size == area.dataSize();
        boolean number =
                area.attributes().type() != TpmNt.ORDINARY && area.attributes().type() != TpmNt.EXTEND;
        if (area.nvIndex() != handle
                || !fits
                || auth.size() > LARGEST_AUTH
                || number && area.dataSize() != Long.BYTES) {
            throw new MalformedStateException(
                    "it is damaged: the NV index 0x%08X does not hold what its public area says".formatted(handle));
        }
        return new NvIndex(area, auth, Tpm2b.wrap(in.structures().bytes(size)));
    }

    private static TpmObject object(LibtpmsReader in, int handle) {
        TpmObject object = AnyObject.read(in, "the persistent object 0x%08X".formatted(handle))
                .orElseThrow(() -> new MalformedStateException(
                        "it is damaged: the persistent object 0x%08X is empty".formatted(handle)));
        if (object.persistentHandle() != handle) {
            throw new MalformedStateException(
                    "it is damaged: the persistent object 0x%08X has another handle".formatted(handle));
        }
        return object;
    }
}
