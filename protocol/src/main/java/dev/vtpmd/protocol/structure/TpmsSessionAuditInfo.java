package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_SESSION_AUDIT_INFO: what TPM2_GetSessionAuditDigest attests (Part 2, 10.12.6).
 *
 * @param exclusiveSession whether no other command ran since the audit began
 * @param sessionDigest the audit digest of the session
 */
public record TpmsSessionAuditInfo(boolean exclusiveSession, Tpm2b sessionDigest) implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE, TPM_RC_SIZE
     */
    public static TpmsSessionAuditInfo read(TpmReader in) {
        return new TpmsSessionAuditInfo(in.yesNo(), Tpm2bType.DIGEST.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        out.yesNo(exclusiveSession);
        sessionDigest.write(out);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_SESSION_AUDIT;
    }
}
