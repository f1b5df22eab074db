package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * TPMS_SET_CAPABILITY_DATA: a capability, and what TPM2_SetCapability sets it to (Part 2, 10.10.4).
 *
 * @param setCapability which one
 * @param data the new value
 */
public record TpmsSetCapabilityData(TpmCap setCapability, TpmuSetCapabilities data) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE if there is no such capability, TPM_RC_SELECTOR if it cannot be set
     */
    public static TpmsSetCapabilityData read(TpmReader in) {
        TpmCap setCapability = TpmCap.read(in);
        return new TpmsSetCapabilityData(setCapability, TpmuSetCapabilities.read(in, setCapability));
    }
}
