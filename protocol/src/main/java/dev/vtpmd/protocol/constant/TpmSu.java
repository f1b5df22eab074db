package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM_SU: kinds of startup and shutdown (Part 2, 6.10), 16 bits on the wire. */
public enum TpmSu {
    CLEAR(0x0000),
    STATE(0x0001);

    private static final TpmSu[] ALL = values();

    private final int value;

    TpmSu(int value) {
        this.value = value;
    }

    /** The value as on the wire. */
    public int value() {
        return value;
    }

    /** The constant with this value, or null if there is none. */
    public static TpmSu of(int value) {
        for (TpmSu constant : ALL) {
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
    public static TpmSu read(TpmReader in) {
        TpmSu constant = of(in.u16());
        if (constant == null) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return constant;
    }

    /** Writes the value. */
    public void write(TpmWriter out) {
        out.u16(value);
    }
}
