package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * TPMT_TK_AUTH: the TPM's word that it checked an authorization, which TPM2_PolicyTicket takes (Part 2, 10.6.5).
 *
 * @param tag TPM_ST_AUTH_SIGNED or TPM_ST_AUTH_SECRET
 * @param hierarchy whose proof value made the ticket; TPM_RH_NULL for no ticket
 * @param digest the HMAC
 */
public record TpmtTkAuth(TpmSt tag, int hierarchy, Tpm2b digest) implements Ticket {
    /** No ticket, with {@code tag} as its tag. */
    public static TpmtTkAuth nullTicket(TpmSt tag) {
        return new TpmtTkAuth(tag, TpmRh.NULL, Tpm2b.EMPTY);
    }

    /**
     * Reads the ticket.
     *
     * @throws TpmException TPM_RC_VALUE if the tag is none, TPM_RC_TAG if it is another's, TPM_RC_VALUE if the hierarchy is
     *     none, TPM_RC_SIZE
     */
    public static TpmtTkAuth read(TpmReader in) {
        TpmSt tag = TpmSt.read(in);
        if (tag != TpmSt.AUTH_SIGNED && tag != TpmSt.AUTH_SECRET) {
            throw TpmException.of(TpmRc.TAG);
        }
        return Ticket.readRest(in, (hierarchy, digest) -> new TpmtTkAuth(tag, hierarchy, digest));
    }
}
