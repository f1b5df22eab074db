package dev.vtpmd.protocol.attachedcomponent;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_AC_OUTPUT: a value of an attached component (Part 2, 16).
 *
 * @param tag what the value is, a {@link TpmAt}
 * @param data the value
 */
public record TpmsAcOutput(int tag, int data) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE
     */
    public static TpmsAcOutput read(TpmReader in) {
        return new TpmsAcOutput(TpmAt.read(in), in.u32());
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u32(tag);
        out.u32(data);
    }
}
