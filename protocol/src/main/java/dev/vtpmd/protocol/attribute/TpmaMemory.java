package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_MEMORY: how memory is shared (Part 2, 8.8), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaMemory(int value) {
    /** Bit 0: the memory of authorization sessions and of objects is shared. */
    public static final int SHARED_RAM = 1 << 0;
    /** Bit 1: the memory of persistent objects and of NV indices is shared. */
    public static final int SHARED_NV = 1 << 1;
    /** Bit 2: a persistent object takes an object slot while it is used. */
    public static final int OBJECT_COPIED_TO_RAM = 1 << 2;

    /** Reads the attributes. */
    public static TpmaMemory read(TpmReader in) {
        return new TpmaMemory(in.u32());
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether the memory of authorization sessions and of objects is shared. */
    public boolean sharedRam() {
        return (value & SHARED_RAM) != 0;
    }

    /** Whether the memory of persistent objects and of NV indices is shared. */
    public boolean sharedNv() {
        return (value & SHARED_NV) != 0;
    }

    /** Whether a persistent object takes an object slot while it is used. */
    public boolean objectCopiedToRam() {
        return (value & OBJECT_COPIED_TO_RAM) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaMemory with(int bits) {
        return new TpmaMemory(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaMemory without(int bits) {
        return new TpmaMemory(value & ~bits);
    }
}
