package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_TAGGED_TPM_PROPERTY: properties of a TPM (Part 2, 10.9.9).
 *
 * @param tpmProperty the elements, in order
 */
public record TpmlTaggedTpmProperty(List<TpmsTaggedProperty> tpmProperty) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 127;

    /** Copies the list. */
    public TpmlTaggedTpmProperty {
        tpmProperty = List.copyOf(tpmProperty);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlTaggedTpmProperty read(TpmReader in) {
        return new TpmlTaggedTpmProperty(in.list(MAX, TpmsTaggedProperty::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(tpmProperty, TpmsTaggedProperty::write);
    }
}
