package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_CC: command codes, implemented or not (Part 2, 10.9.1).
 *
 * @param commandCodes the elements, in order
 */
public record TpmlCc(List<Integer> commandCodes) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 254;

    /** Copies the list. */
    public TpmlCc {
        commandCodes = List.copyOf(commandCodes);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlCc read(TpmReader in) {
        return new TpmlCc(in.list(MAX, TpmReader::u32));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(commandCodes, (code, to) -> to.u32(code));
    }
}
