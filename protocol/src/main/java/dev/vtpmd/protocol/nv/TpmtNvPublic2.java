package dev.vtpmd.protocol.nv;

import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_NV_PUBLIC_2: the public area of an NV index with the type of its handle in front (Part 2, 13.8). Of its types only
 * TPM_HT_NV_INDEX is supported; indices whose data is outside of the TPM, and permanent ones, are not.
 *
 * @param nvIndex the public area
 */
public record TpmtNvPublic2(TpmsNvPublic nvIndex) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SELECTOR if the type is not one of an NV index, TPM_RC_HANDLE if it is not supported, and what
     *     {@link TpmsNvPublic#read} throws
     */
    public static TpmtNvPublic2 read(TpmReader in) {
        int handleType = in.u8();
        if (handleType == TpmHt.EXTERNAL_NV.value() || handleType == TpmHt.PERMANENT_NV.value()) {
            throw TpmException.of(TpmRc.HANDLE);
        }
        if (handleType != TpmHt.NV_INDEX.value()) {
            throw TpmException.of(TpmRc.SELECTOR);
        }
        return new TpmtNvPublic2(TpmsNvPublic.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u8(TpmHt.NV_INDEX.value());
        nvIndex.write(out);
    }
}
