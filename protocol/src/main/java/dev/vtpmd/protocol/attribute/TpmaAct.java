package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_ACT: state of an authenticated countdown timer (Part 2, 8.12), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaAct(int value) {
    /** Bit 0: the timer has run out. */
    public static final int SIGNALED = 1 << 0;
    /** Bit 1: signaled survives a restart. */
    public static final int PRESERVE_SIGNALED = 1 << 1;

    private static final int RESERVED = 0xFFFFFFFC;

    /**
     * Reads the attributes.
     *
     * @throws TpmException TPM_RC_RESERVED_BITS if a reserved bit is set
     */
    public static TpmaAct read(TpmReader in) {
        int value = in.u32();
        if ((value & RESERVED) != 0) {
            throw TpmException.of(TpmRc.RESERVED_BITS);
        }
        return new TpmaAct(value);
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether the timer has run out. */
    public boolean signaled() {
        return (value & SIGNALED) != 0;
    }

    /** Whether signaled survives a restart. */
    public boolean preserveSignaled() {
        return (value & PRESERVE_SIGNALED) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaAct with(int bits) {
        return new TpmaAct(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaAct without(int bits) {
        return new TpmaAct(value & ~bits);
    }
}
