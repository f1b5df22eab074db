package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.attribute.TpmaSession;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_AUTH_RESPONSE: one authorization of a response (Part 2, 10.13.3).
 *
 * @param nonce nonceTPM
 * @param sessionAttributes as in the command, but for continueSession
 * @param hmac an HMAC; empty for a password
 */
public record TpmsAuthResponse(Tpm2b nonce, TpmaSession sessionAttributes, Tpm2b hmac) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE, TPM_RC_RESERVED_BITS
     */
    public static TpmsAuthResponse read(TpmReader in) {
        return new TpmsAuthResponse(Tpm2bType.NONCE.read(in), TpmaSession.read(in), Tpm2bType.AUTH.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        nonce.write(out);
        sessionAttributes.write(out);
        hmac.write(out);
    }
}
