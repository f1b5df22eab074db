package dev.vtpmd.protocol.attachedcomponent;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_AC_CAPABILITIES: values of an attached component (Part 2, 16).
 *
 * @param acCapabilities the elements, in order
 */
public record TpmlAcCapabilities(List<TpmsAcOutput> acCapabilities) {
    /** The most elements that fit. */
    public static final int MAX = 127;

    /** Copies the list. */
    public TpmlAcCapabilities {
        acCapabilities = List.copyOf(acCapabilities);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlAcCapabilities read(TpmReader in) {
        return new TpmlAcCapabilities(in.list(MAX, TpmsAcOutput::read));
    }

    /** Writes the list. */
    public void write(TpmWriter out) {
        out.list(acCapabilities, TpmsAcOutput::write);
    }
}
