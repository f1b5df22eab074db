package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM_CLOCK_ADJUST: changes of the rate of the clock, signed (Part 2, 6.7), 8 bits on the wire. */
public enum TpmClockAdjust {
    COARSE_SLOWER(-3),
    MEDIUM_SLOWER(-2),
    FINE_SLOWER(-1),
    NO_CHANGE(0),
    FINE_FASTER(1),
    MEDIUM_FASTER(2),
    COARSE_FASTER(3);

    private static final TpmClockAdjust[] ALL = values();

    private final int value;

    TpmClockAdjust(int value) {
        this.value = value;
    }

    /** The value as on the wire. */
    public int value() {
        return value;
    }

    /** The constant with this value, or null if there is none. */
    public static TpmClockAdjust of(int value) {
        for (TpmClockAdjust constant : ALL) {
            if (constant.value == value) {
                return constant;
            }
        }
        return null;
    }

    /**
     * Reads one.
     *
     * @throws TpmException TPM_RC_VALUE if the value is not defined
     */
    public static TpmClockAdjust read(TpmReader in) {
        TpmClockAdjust constant = of((byte) in.u8());
        if (constant == null) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return constant;
    }

    /** Writes the value. */
    public void write(TpmWriter out) {
        out.u8(value);
    }
}
