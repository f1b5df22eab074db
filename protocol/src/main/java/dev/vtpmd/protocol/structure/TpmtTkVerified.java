package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * TPMT_TK_VERIFIED: the TPM's word that it verified a signature (Part 2, 10.6.4).
 *
 * @param hierarchy whose proof value made the ticket; TPM_RH_NULL for no ticket
 * @param digest the HMAC
 */
public record TpmtTkVerified(int hierarchy, Tpm2b digest) implements Ticket {
    /** The tag of every such ticket. */
    public static final TpmSt TAG = TpmSt.VERIFIED;

    /** No ticket. */
    public static final TpmtTkVerified NULL = new TpmtTkVerified(TpmRh.NULL, Tpm2b.EMPTY);

    /**
     * Reads the ticket.
     *
     * @throws TpmException TPM_RC_VALUE if the tag is none, TPM_RC_TAG if it is another's, TPM_RC_VALUE if the hierarchy is
     *     none, TPM_RC_SIZE
     */
    public static TpmtTkVerified read(TpmReader in) {
        Ticket.readTag(in, TAG);
        return Ticket.readRest(in, TpmtTkVerified::new);
    }

    @Override
    public TpmSt tag() {
        return TAG;
    }
}
