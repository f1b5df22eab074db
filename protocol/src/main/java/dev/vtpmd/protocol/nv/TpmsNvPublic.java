package dev.vtpmd.protocol.nv;

import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_NV_PUBLIC: the public area of an NV index (Part 2, 13.6).
 *
 * @param nvIndex the handle, 0x01000000 to 0x01FFFFFF
 * @param nameAlg hash algorithm of the Name and the policy
 * @param attributes type, rights and state
 * @param authPolicy policy digest for its use, or empty
 * @param dataSize size of the data in bytes, 0 to {@value #MAX_DATA_SIZE}
 */
public record TpmsNvPublic(int nvIndex, TpmiAlgHash nameAlg, TpmaNv attributes, Tpm2b authPolicy, int dataSize) {
    /** The most data that an index can hold, in bytes. */
    public static final int MAX_DATA_SIZE = 2048;

    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE, TPM_RC_HASH, TPM_RC_RESERVED_BITS, TPM_RC_SIZE
     */
    public static TpmsNvPublic read(TpmReader in) {
        TpmsNvPublic nvPublic = new TpmsNvPublic(
                HandleType.TPMI_RH_NV_LEGACY_INDEX.read(in),
                TpmiAlgHash.read(in),
                TpmaNv.read(in),
                Tpm2bType.DIGEST.read(in),
                in.u16());
        if (nvPublic.dataSize > MAX_DATA_SIZE) {
            throw TpmException.of(TpmRc.SIZE);
        }
        return nvPublic;
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u32(nvIndex);
        nameAlg.write(out);
        attributes.write(out);
        authPolicy.write(out);
        out.u16(dataSize);
    }

    /** This public area with {@code newAttributes} as its {@code attributes}. */
    public TpmsNvPublic withAttributes(TpmaNv newAttributes) {
        return new TpmsNvPublic(nvIndex, nameAlg, newAttributes, authPolicy, dataSize);
    }
}
