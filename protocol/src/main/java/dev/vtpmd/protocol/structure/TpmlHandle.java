package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_HANDLE: handles (Part 2, 10.9.4).
 *
 * @param handle the elements, in order
 */
public record TpmlHandle(List<Integer> handle) implements TpmuCapabilities {
    /** The most elements that fit. */
    public static final int MAX = 254;

    /** Copies the list. */
    public TpmlHandle {
        handle = List.copyOf(handle);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlHandle read(TpmReader in) {
        return new TpmlHandle(in.list(MAX, TpmReader::u32));
    }

    @Override
    public void write(TpmWriter out) {
        out.list(handle, (value, to) -> to.u32(value));
    }
}
