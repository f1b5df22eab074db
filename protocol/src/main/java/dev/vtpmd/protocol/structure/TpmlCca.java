package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.attribute.TpmaCc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_CCA: attributes of commands (Part 2, 10.9.2).
 *
 * @param commandAttributes the elements, in order
 */
public record TpmlCca(List<TpmaCc> commandAttributes) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 254;

    /** Copies the list. */
    public TpmlCca {
        commandAttributes = List.copyOf(commandAttributes);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlCca read(TpmReader in) {
        return new TpmlCca(in.list(MAX, TpmaCc::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(commandAttributes, TpmaCc::write);
    }
}
