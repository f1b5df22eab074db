package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_STARTUP_CLEAR: state that Startup(CLEAR) sets anew (Part 2, 8.7), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaStartupClear(int value) {
    /** Bit 0: the platform hierarchy is enabled. */
    public static final int PH_ENABLE = 1 << 0;
    /** Bit 1: the storage hierarchy is enabled. */
    public static final int SH_ENABLE = 1 << 1;
    /** Bit 2: the endorsement hierarchy is enabled. */
    public static final int EH_ENABLE = 1 << 2;
    /** Bit 3: NV indices that the platform created are enabled. */
    public static final int PH_ENABLE_NV = 1 << 3;
    /** Bit 4: the TPM is in read-only mode. */
    public static final int READ_ONLY = 1 << 4;
    /** Bit 31: the last shutdown was orderly. */
    public static final int ORDERLY = 1 << 31;

    /** Reads the attributes. */
    public static TpmaStartupClear read(TpmReader in) {
        return new TpmaStartupClear(in.u32());
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether the platform hierarchy is enabled. */
    public boolean phEnable() {
        return (value & PH_ENABLE) != 0;
    }

    /** Whether the storage hierarchy is enabled. */
    public boolean shEnable() {
        return (value & SH_ENABLE) != 0;
    }

    /** Whether the endorsement hierarchy is enabled. */
    public boolean ehEnable() {
        return (value & EH_ENABLE) != 0;
    }

    /** Whether NV indices that the platform created are enabled. */
    public boolean phEnableNv() {
        return (value & PH_ENABLE_NV) != 0;
    }

    /** Whether the TPM is in read-only mode. */
    public boolean readOnly() {
        return (value & READ_ONLY) != 0;
    }

    /** Whether the last shutdown was orderly. */
    public boolean orderly() {
        return (value & ORDERLY) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaStartupClear with(int bits) {
        return new TpmaStartupClear(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaStartupClear without(int bits) {
        return new TpmaStartupClear(value & ~bits);
    }
}
