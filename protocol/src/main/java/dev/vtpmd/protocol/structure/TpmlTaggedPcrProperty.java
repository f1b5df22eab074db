package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_TAGGED_PCR_PROPERTY: PCRs by property (Part 2, 10.9.10).
 *
 * @param pcrProperty the elements, in order
 */
public record TpmlTaggedPcrProperty(List<TpmsTaggedPcrSelect> pcrProperty) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 127;

    /** Copies the list. */
    public TpmlTaggedPcrProperty {
        pcrProperty = List.copyOf(pcrProperty);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlTaggedPcrProperty read(TpmReader in) {
        return new TpmlTaggedPcrProperty(in.list(MAX, TpmsTaggedPcrSelect::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(pcrProperty, TpmsTaggedPcrSelect::write);
    }
}
