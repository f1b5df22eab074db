package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_CAPABILITY_DATA: what TPM2_GetCapability answers (Part 2, 10.10.2).
 *
 * @param capability what was asked for
 * @param data the list of that kind
 */
public record TpmsCapabilityData(TpmCap capability, TpmuCapabilities data) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE if there is no such capability, TPM_RC_SELECTOR if it has no list
     */
    public static TpmsCapabilityData read(TpmReader in) {
        TpmCap capability = TpmCap.read(in);
        return new TpmsCapabilityData(capability, TpmuCapabilities.read(in, capability));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        capability.write(out);
        data.write(out);
    }
}
