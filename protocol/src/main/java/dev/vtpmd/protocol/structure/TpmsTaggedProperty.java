package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmPt;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_TAGGED_PROPERTY: a property of a TPM and its value (Part 2, 10.8.2).
 *
 * @param property the property
 * @param value its value, 32 bits
 */
public record TpmsTaggedProperty(TpmPt property, int value) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE if there is no such property
     */
    public static TpmsTaggedProperty read(TpmReader in) {
        return new TpmsTaggedProperty(TpmPt.read(in), in.u32());
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        property.write(out);
        out.u32(value);
    }
}
