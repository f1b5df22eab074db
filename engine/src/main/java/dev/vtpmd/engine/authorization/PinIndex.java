package dev.vtpmd.engine.authorization;

import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.nv.NvMemory;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmNt;

/**
 * What an authorization with the authValue of a PIN index counts (Part 1, 37.2.9): PIN_FAIL the failures in a row, PIN_PASS
 * the successes. The count is the upper half of the index's data.
 */
final class PinIndex {
    /** An entity that is no PIN index: nothing is counted. */
    static final PinIndex NONE = new PinIndex(null, null);

    private static final long ONE_USE = 1L << Integer.SIZE;
    private static final long LIMIT = 0xFFFFFFFFL;

    private final NvMemory nv;
    private final NvIndex index;

    private PinIndex(NvMemory nv, NvIndex index) {
        this.nv = nv;
        this.index = index;
    }

    /** The PIN index that {@code entity} is, or {@link #NONE}. */
    static PinIndex of(NvMemory nv, int entity) {
        NvIndex index = TpmHt.NV_INDEX.holds(entity) ? nv.find(entity) : null;
        boolean counts = index != null && index.isPin() && index.attributes().written();
        return counts ? new PinIndex(nv, index) : NONE;
    }

    /** The authValue was right. */
    void succeeded() {
        if (index == null) {
            return;
        }
        if (index.type() == TpmNt.PIN_PASS) {
            nv.put(index.written(index.number() + ONE_USE));
        } else if (index.number() >>> Integer.SIZE != 0) {
            nv.put(index.written(index.number() & LIMIT));
        }
    }

    /** The authValue was wrong. */
    void failed() {
        if (index != null && index.type() == TpmNt.PIN_FAIL) {
            nv.put(index.written(index.number() + ONE_USE));
        }
    }
}
