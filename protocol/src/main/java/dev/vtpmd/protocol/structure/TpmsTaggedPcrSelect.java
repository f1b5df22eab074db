package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmPtPcr;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_TAGGED_PCR_SELECT: a property of PCRs and those that have it (Part 2, 10.8.3).
 *
 * @param tag the property
 * @param pcrSelect bit n is set if PCR n, 0 to 23, has the property
 */
public record TpmsTaggedPcrSelect(TpmPtPcr tag, int pcrSelect) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE if there is no such property or sizeofSelect is not 3
     */
    public static TpmsTaggedPcrSelect read(TpmReader in) {
        return new TpmsTaggedPcrSelect(TpmPtPcr.read(in), TpmsPcrSelection.readSelect(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        tag.write(out);
        TpmsPcrSelection.writeSelect(pcrSelect, out);
    }
}
