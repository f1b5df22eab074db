package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_CC: what is to be known of a command (Part 2, 8.9), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaCc(int value) {
    /** Bit 22: the command may write to NV. */
    public static final int NV = 1 << 22;
    /** Bit 23: the command may flush any number of loaded contexts. */
    public static final int EXTENSIVE = 1 << 23;
    /** Bit 24: the context of a transient handle of the command is flushed. */
    public static final int FLUSHED = 1 << 24;
    /** Bit 28: the response has a handle. */
    public static final int R_HANDLE = 1 << 28;
    /** Bit 29: the command is of the vendor. */
    public static final int VENDOR = 1 << 29;

    private static final int COMMAND_INDEX = 0xFFFF;
    private static final int HANDLES_SHIFT = 25;
    private static final int HANDLES = 0x7;

    /** Reads the attributes. */
    public static TpmaCc read(TpmReader in) {
        return new TpmaCc(in.u32());
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether the command may write to NV. */
    public boolean nv() {
        return (value & NV) != 0;
    }

    /** Whether the command may flush any number of loaded contexts. */
    public boolean extensive() {
        return (value & EXTENSIVE) != 0;
    }

    /** Whether the context of a transient handle of the command is flushed. */
    public boolean flushed() {
        return (value & FLUSHED) != 0;
    }

    /** Whether the response has a handle. */
    public boolean rHandle() {
        return (value & R_HANDLE) != 0;
    }

    /** Whether the command is of the vendor. */
    public boolean vendor() {
        return (value & VENDOR) != 0;
    }

    /** The low 16 bits of the command code. */
    public int commandIndex() {
        return value & COMMAND_INDEX;
    }

    /** Number of handles in the handle area of the command, 0 to 7. */
    public int cHandles() {
        return value >> HANDLES_SHIFT & HANDLES;
    }
}
