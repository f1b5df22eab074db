package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.attribute.TpmaAct;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_ACT_DATA: an authenticated countdown timer (Part 2, 10.8.5).
 *
 * @param handle the timer
 * @param timeout seconds until it runs out
 * @param attributes its state
 */
public record TpmsActData(int handle, int timeout, TpmaAct attributes) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_RESERVED_BITS
     */
    public static TpmsActData read(TpmReader in) {
        return new TpmsActData(in.u32(), in.u32(), TpmaAct.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u32(handle);
        out.u32(timeout);
        attributes.write(out);
    }
}
