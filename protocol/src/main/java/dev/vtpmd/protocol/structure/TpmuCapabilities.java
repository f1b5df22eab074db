package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPMU_CAPABILITIES: the list that answers TPM2_GetCapability (Part 2, 10.10.1). */
public sealed interface TpmuCapabilities
        permits TpmlAlgProperty,
                TpmlHandle,
                TpmlCca,
                TpmlPcrSelection,
                TpmlTaggedTpmProperty,
                TpmlTaggedPcrProperty,
                TpmlEccCurve,
                TpmlTaggedPolicy,
                TpmlActData,
                TpmlCc {
    /** Writes the list. */
    void write(TpmWriter out);

    /**
     * Reads the list of {@code capability}.
     *
     * @throws TpmException TPM_RC_SELECTOR if the capability has none, and what the list throws
     */
    static TpmuCapabilities read(TpmReader in, TpmCap capability) {
        return switch (capability) {
            case ALGS -> TpmlAlgProperty.read(in);
            case HANDLES -> TpmlHandle.read(in);
            case COMMANDS -> TpmlCca.read(in);
            case PCRS -> TpmlPcrSelection.read(in);
            case TPM_PROPERTIES -> TpmlTaggedTpmProperty.read(in);
            case PCR_PROPERTIES -> TpmlTaggedPcrProperty.read(in);
            case ECC_CURVES -> TpmlEccCurve.read(in);
            case AUTH_POLICIES -> TpmlTaggedPolicy.read(in);
            case ACT -> TpmlActData.read(in);
            case PP_COMMANDS, AUDIT_COMMANDS -> TpmlCc.read(in);
            case VENDOR_PROPERTY -> throw TpmException.of(TpmRc.SELECTOR);
        };
    }
}
