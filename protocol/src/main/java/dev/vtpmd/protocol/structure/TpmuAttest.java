package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPMU_ATTEST: what is attested (Part 2, 10.12.11). */
public sealed interface TpmuAttest
        permits TpmsCertifyInfo,
                TpmsCreationInfo,
                TpmsQuoteInfo,
                TpmsCommandAuditInfo,
                TpmsSessionAuditInfo,
                TpmsTimeAttestInfo,
                TpmsNvCertifyInfo,
                TpmsNvDigestCertifyInfo {
    /** Writes what is attested, without its type. */
    void write(TpmWriter out);

    /** The type of the attestation (TPMI_ST_ATTEST; Part 2, 10.12.10). */
    TpmSt type();

    /**
     * Reads what an attestation of {@code type} attests.
     *
     * @throws TpmException TPM_RC_SELECTOR if {@code type} is none of an attestation, and what the structure throws
     */
    static TpmuAttest read(TpmReader in, TpmSt type) {
        return switch (type) {
            case ATTEST_CERTIFY -> TpmsCertifyInfo.read(in);
            case ATTEST_CREATION -> TpmsCreationInfo.read(in);
            case ATTEST_QUOTE -> TpmsQuoteInfo.read(in);
            case ATTEST_COMMAND_AUDIT -> TpmsCommandAuditInfo.read(in);
            case ATTEST_SESSION_AUDIT -> TpmsSessionAuditInfo.read(in);
            case ATTEST_TIME -> TpmsTimeAttestInfo.read(in);
            case ATTEST_NV -> TpmsNvCertifyInfo.read(in);
            case ATTEST_NV_DIGEST -> TpmsNvDigestCertifyInfo.read(in);
            default -> throw TpmException.of(TpmRc.SELECTOR);
        };
    }
}
