package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_COMMAND_AUDIT_INFO: what TPM2_GetCommandAuditDigest attests (Part 2, 10.12.5).
 *
 * @param auditCounter number of audit digests begun
 * @param digestAlg hash algorithm of the command audit
 * @param auditDigest the audit digest
 * @param commandDigest digest of the command codes that are audited
 */
public record TpmsCommandAuditInfo(long auditCounter, TpmiAlgHash digestAlg, Tpm2b auditDigest, Tpm2b commandDigest)
        implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_HASH, TPM_RC_SIZE
     */
    public static TpmsCommandAuditInfo read(TpmReader in) {
        return new TpmsCommandAuditInfo(
                in.u64(), TpmiAlgHash.readOrNull(in), Tpm2bType.DIGEST.read(in), Tpm2bType.DIGEST.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        out.u64(auditCounter);
        digestAlg.write(out);
        auditDigest.write(out);
        commandDigest.write(out);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_COMMAND_AUDIT;
    }
}
