package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * TPMU_SET_CAPABILITIES: what TPM2_SetCapability sets (Part 2, 10.10.3). The library leaves the members to registries, of which
 * no one has defined any; so there is no value of this type.
 */
public final class TpmuSetCapabilities {
    private TpmuSetCapabilities() {}

    /**
     * Reads what can be set of {@code capability}.
     *
     * @throws TpmException TPM_RC_SELECTOR, always
     */
    public static TpmuSetCapabilities read(TpmReader in, TpmCap capability) {
        throw TpmException.of(TpmRc.SELECTOR);
    }
}
