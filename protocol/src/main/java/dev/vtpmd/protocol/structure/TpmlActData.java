package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_ACT_DATA: authenticated countdown timers (Part 2, 10.9.13).
 *
 * @param actData the elements, in order
 */
public record TpmlActData(List<TpmsActData> actData) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 84;

    /** Copies the list. */
    public TpmlActData {
        actData = List.copyOf(actData);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlActData read(TpmReader in) {
        return new TpmlActData(in.list(MAX, TpmsActData::read));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(actData, TpmsActData::write);
    }
}
