package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM_EO: comparisons of policies (Part 2, 6.8), 16 bits on the wire. */
public enum TpmEo {
    EQ(0x0000),
    NEQ(0x0001),
    SIGNED_GT(0x0002),
    UNSIGNED_GT(0x0003),
    SIGNED_LT(0x0004),
    UNSIGNED_LT(0x0005),
    SIGNED_GE(0x0006),
    UNSIGNED_GE(0x0007),
    SIGNED_LE(0x0008),
    UNSIGNED_LE(0x0009),
    BITSET(0x000A),
    BITCLEAR(0x000B);

    private static final TpmEo[] ALL = values();

    private final int value;

    TpmEo(int value) {
        this.value = value;
    }

    /** The value as on the wire. */
    public int value() {
        return value;
    }

    /** The constant with this value, or null if there is none. */
    public static TpmEo of(int value) {
        for (TpmEo constant : ALL) {
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
    public static TpmEo read(TpmReader in) {
        TpmEo constant = of(in.u16());
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
