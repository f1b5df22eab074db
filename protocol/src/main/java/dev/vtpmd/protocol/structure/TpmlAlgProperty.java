package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_ALG_PROPERTY: algorithms and what they are good for (Part 2, 10.9.8).
 *
 * @param algProperties the elements, in order
 */
public record TpmlAlgProperty(List<TpmsAlgProperty> algProperties) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 169;

    /** Copies the list. */
    public TpmlAlgProperty {
        algProperties = List.copyOf(algProperties);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlAlgProperty read(TpmReader in) {
        return new TpmlAlgProperty(in.list(MAX, TpmsAlgProperty::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(algProperties, TpmsAlgProperty::write);
    }
}
