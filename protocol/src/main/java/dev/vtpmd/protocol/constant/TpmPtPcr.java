package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM_PT_PCR: properties of PCRs (Part 2, 6.14), 32 bits on the wire. */
public enum TpmPtPcr {
    SAVE(0x00),
    EXTEND_L0(0x01),
    RESET_L0(0x02),
    EXTEND_L1(0x03),
    RESET_L1(0x04),
    EXTEND_L2(0x05),
    RESET_L2(0x06),
    EXTEND_L3(0x07),
    RESET_L3(0x08),
    EXTEND_L4(0x09),
    RESET_L4(0x0A),
    NO_INCREMENT(0x11),
    DRTM_RESET(0x12),
    POLICY(0x13),
    AUTH(0x14);

    private static final TpmPtPcr[] ALL = values();

    private final int value;

    TpmPtPcr(int value) {
        this.value = value;
    }

    /** The value as on the wire. */
    public int value() {
        return value;
    }

    /** The constant with this value, or null if there is none. */
    public static TpmPtPcr of(int value) {
        for (TpmPtPcr constant : ALL) {
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
    public static TpmPtPcr read(TpmReader in) {
        TpmPtPcr constant = of(in.u32());
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
