package dev.vtpmd.protocol.context;

import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_CONTEXT: a saved context of an object or session (Part 2, 14.5).
 *
 * @param sequence tells saved contexts apart
 * @param savedHandle the session, or what kind of object it is
 * @param hierarchy whose proof value protects the context
 * @param contextBlob the context itself, protected
 */
public record TpmsContext(long sequence, int savedHandle, int hierarchy, Tpm2b contextBlob) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE, TPM_RC_SIZE
     */
    public static TpmsContext read(TpmReader in) {
        return new TpmsContext(
                in.u64(),
                HandleType.TPMI_DH_SAVED.read(in),
                HandleType.TPMI_RH_HIERARCHY.read(in),
                Tpm2bType.CONTEXT_DATA.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u64(sequence);
        out.u32(savedHandle);
        out.u32(hierarchy);
        contextBlob.write(out);
    }
}
