package dev.vtpmd.engine.policy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.structure.TpmtTkAuth;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * The timeout and the ticket that TPM2_PolicySigned and TPM2_PolicySecret return for a later TPM2_PolicyTicket (Part 3,
 * 23.2.5). The timeout is 8 bytes, its top bit marks a ticket that ends with the next TPM Reset.
 *
 * @param tag TPM_ST_AUTH_SIGNED or TPM_ST_AUTH_SECRET
 * @param hierarchy whose proof makes the ticket
 * @param cpHash what the authorization is bound to, may be empty
 * @param policyRef the caller's reference, may be empty
 * @param authName Name of the entity that authorized
 */
public record AuthorizationTicket(TpmSt tag, int hierarchy, Tpm2b cpHash, Tpm2b policyRef, Tpm2b authName) {
    private static final long EXPIRES_ON_RESET = 1L << 63;

    /** Writes timeout and ticket, or an empty timeout and the NULL ticket if there is to be none. */
    public void write(TpmState tpm, boolean wanted, long timeout, boolean expiresOnReset, TpmWriter out) {
        if (!wanted) {
            Tpm2b.EMPTY.write(out);
            TpmtTkAuth.nullTicket(tag).write(out);
            return;
        }
        out.u16(Long.BYTES);
        out.u64(expiresOnReset ? timeout | EXPIRES_ON_RESET : timeout);
        tpm.tickets()
                .auth(tag, hierarchy, cpHash, policyRef, authName, timeout, expiresOnReset)
                .write(out);
    }

    /** The value of Time in a timeout of 8 bytes. */
    public static long time(Tpm2b timeout) {
        return new TpmReader(timeout.bytes(), null).u64() & ~EXPIRES_ON_RESET;
    }

    /** Whether a timeout of 8 bytes is of a ticket that ends with the next TPM Reset. */
    public static boolean expiresOnReset(Tpm2b timeout) {
        return (new TpmReader(timeout.bytes(), null).u64() & EXPIRES_ON_RESET) != 0;
    }
}
