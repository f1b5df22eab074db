package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/**
 * TPMT_TK_HASHCHECK: the TPM's word that it hashed data that does not begin as its own structures do (Part 2, 10.6.6).
 *
 * @param hierarchy whose proof value made the ticket; TPM_RH_NULL for no ticket
 * @param digest the HMAC
 */
public record TpmtTkHashcheck(int hierarchy, Tpm2b digest) implements Ticket {
    /** The tag of every such ticket. */
    public static final TpmSt TAG = TpmSt.HASHCHECK;

    /** No ticket. */
    public static final TpmtTkHashcheck NULL = new TpmtTkHashcheck(TpmRh.NULL, Tpm2b.EMPTY);

    /**
     * Reads the ticket.
     *
     * @throws TpmException TPM_RC_VALUE if the tag is none, TPM_RC_TAG if it is another's, TPM_RC_VALUE if the hierarchy is
     *     none, TPM_RC_SIZE
     */
    public static TpmtTkHashcheck read(TpmReader in) {
        Ticket.readTag(in, TAG);
        return Ticket.readRest(in, TpmtTkHashcheck::new);
    }

    @Override
    public TpmSt tag() {
        return TAG;
    }
}
