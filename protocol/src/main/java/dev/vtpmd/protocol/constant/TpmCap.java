package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM_CAP: what TPM2_GetCapability can be asked for (Part 2, 6.12), 32 bits on the wire. */
public enum TpmCap {
    ALGS(0x000),
    HANDLES(0x001),
    COMMANDS(0x002),
    PP_COMMANDS(0x003),
    AUDIT_COMMANDS(0x004),
    PCRS(0x005),
    TPM_PROPERTIES(0x006),
    PCR_PROPERTIES(0x007),
    ECC_CURVES(0x008),
    AUTH_POLICIES(0x009),
    ACT(0x00A),
    VENDOR_PROPERTY(0x100);

    private static final TpmCap[] ALL = values();

    private final int value;

    TpmCap(int value) {
        this.value = value;
    }

    /** The value as on the wire. */
    public int value() {
        return value;
    }

    /** The constant with this value, or null if there is none. */
    public static TpmCap of(int value) {
        for (TpmCap constant : ALL) {
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
    public static TpmCap read(TpmReader in) {
        TpmCap constant = of(in.u32());
        if (constant == null) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return constant;
    }

    /** Writes the value. */
    public void write(TpmWriter out) {
        out.u32(value);
    }
}
