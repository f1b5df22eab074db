package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM_SE: session types (Part 2, 6.11), 8 bits on the wire. */
public enum TpmSe {
    HMAC(0x00),
    POLICY(0x01),
    TRIAL(0x03);

    private static final TpmSe[] ALL = values();

    private final int value;

    TpmSe(int value) {
        this.value = value;
    }

    /** The value as on the wire. */
    public int value() {
        return value;
    }

    /** The constant with this value, or null if there is none. */
    public static TpmSe of(int value) {
        for (TpmSe constant : ALL) {
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
    public static TpmSe read(TpmReader in) {
        TpmSe constant = of(in.u8());
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
