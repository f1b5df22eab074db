package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** What all tickets have in common: a tag, a hierarchy and an HMAC with that hierarchy's proof (Part 2, 10.6). */
public sealed interface Ticket permits TpmtTkAuth, TpmtTkCreation, TpmtTkHashcheck, TpmtTkVerified {
    /** The kind of ticket. */
    TpmSt tag();

    /** Whose proof value made the ticket; TPM_RH_NULL for no ticket. */
    int hierarchy();

    /** The HMAC. */
    Tpm2b digest();

    /** Whether this is no ticket, which a TPM gives where it cannot or need not give one (Part 2, 10.6.2). */
    default boolean isNull() {
        return hierarchy() == TpmRh.NULL && digest().isEmpty();
    }

    /** Writes the ticket. */
    default void write(TpmWriter out) {
        tag().write(out);
        out.u32(hierarchy());
        digest().write(out);
    }

    /** Reads a tag that is {@code tag}: TPM_RC_VALUE if it is none at all, TPM_RC_TAG if it is another. */
    static void readTag(TpmReader in, TpmSt tag) {
        if (TpmSt.read(in) != tag) {
            throw TpmException.of(TpmRc.TAG);
        }
    }

    /** Reads what follows the tag: TPM_RC_VALUE if the hierarchy is none, TPM_RC_SIZE. */
    static <T extends Ticket> T readRest(TpmReader in, Constructor<T> constructor) {
        return constructor.of(HandleType.TPMI_RH_HIERARCHY.read(in), Tpm2bType.DIGEST.read(in));
    }

    /** Makes a ticket of one kind. */
    @FunctionalInterface
    interface Constructor<T extends Ticket> {
        /** The ticket of this hierarchy and HMAC. */
        T of(int hierarchy, Tpm2b digest);
    }
}
