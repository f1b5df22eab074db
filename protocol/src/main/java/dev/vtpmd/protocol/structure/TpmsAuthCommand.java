package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.attribute.TpmaSession;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_AUTH_COMMAND: one authorization of a command (Part 2, 10.13.2).
 *
 * @param sessionHandle a session, or TPM_RS_PW
 * @param nonce nonceCaller
 * @param sessionAttributes how the session is used
 * @param hmac an HMAC, or a password
 */
public record TpmsAuthCommand(int sessionHandle, Tpm2b nonce, TpmaSession sessionAttributes, Tpm2b hmac) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE, TPM_RC_SIZE, TPM_RC_RESERVED_BITS
     */
    public static TpmsAuthCommand read(TpmReader in) {
        return new TpmsAuthCommand(
                HandleType.TPMI_SH_AUTH_SESSION.readOrNull(in),
                Tpm2bType.NONCE.read(in),
                TpmaSession.read(in),
                Tpm2bType.AUTH.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u32(sessionHandle);
        nonce.write(out);
        sessionAttributes.write(out);
        hmac.write(out);
    }
}
