package dev.vtpmd.protocol.nv;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_NV_PIN_COUNTER_PARAMETERS: the data of a PIN index (Part 2, 13.3).
 *
 * @param pinCount uses so far that count, unsigned
 * @param pinLimit uses allowed, unsigned
 */
public record TpmsNvPinCounterParameters(int pinCount, int pinLimit) {
    /** Size of the structure, and so of the data of a PIN index, in bytes. */
    public static final int SIZE = 8;

    /** Reads the structure. */
    public static TpmsNvPinCounterParameters read(TpmReader in) {
        return new TpmsNvPinCounterParameters(in.u32(), in.u32());
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u32(pinCount);
        out.u32(pinLimit);
    }

    /** Whether the limit is reached. */
    public boolean limitReached() {
        return Integer.compareUnsigned(pinCount, pinLimit) >= 0;
    }
}
