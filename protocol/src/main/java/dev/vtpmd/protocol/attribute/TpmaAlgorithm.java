package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_ALGORITHM: what an algorithm is good for (Part 2, 8.2), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaAlgorithm(int value) {
    /** Bit 0: it is an asymmetric algorithm with public and private parts. */
    public static final int ASYMMETRIC = 1 << 0;
    /** Bit 1: it is a symmetric block cipher. */
    public static final int SYMMETRIC = 1 << 1;
    /** Bit 2: it is a hash algorithm. */
    public static final int HASH = 1 << 2;
    /** Bit 3: it may be an object type. */
    public static final int OBJECT = 1 << 3;
    /** Bit 8: it is a signing algorithm. */
    public static final int SIGNING = 1 << 8;
    /** Bit 9: it is an encryption or decryption algorithm. */
    public static final int ENCRYPTING = 1 << 9;
    /** Bit 10: it is a method such as a key derivation function. */
    public static final int METHOD = 1 << 10;

    private static final int RESERVED = 0xFFFFF8F0;

    /**
     * Reads the attributes.
     *
     * @throws TpmException TPM_RC_RESERVED_BITS if a reserved bit is set
     */
    public static TpmaAlgorithm read(TpmReader in) {
        int value = in.u32();
        if ((value & RESERVED) != 0) {
            throw TpmException.of(TpmRc.RESERVED_BITS);
        }
        return new TpmaAlgorithm(value);
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether it is an asymmetric algorithm with public and private parts. */
    public boolean asymmetric() {
        return (value & ASYMMETRIC) != 0;
    }

    /** Whether it is a symmetric block cipher. */
    public boolean symmetric() {
        return (value & SYMMETRIC) != 0;
    }

    /** Whether it is a hash algorithm. */
    public boolean hash() {
        return (value & HASH) != 0;
    }

    /** Whether it may be an object type. */
    public boolean object() {
        return (value & OBJECT) != 0;
    }

    /** Whether it is a signing algorithm. */
    public boolean signing() {
        return (value & SIGNING) != 0;
    }

    /** Whether it is an encryption or decryption algorithm. */
    public boolean encrypting() {
        return (value & ENCRYPTING) != 0;
    }

    /** Whether it is a method such as a key derivation function. */
    public boolean method() {
        return (value & METHOD) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaAlgorithm with(int bits) {
        return new TpmaAlgorithm(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaAlgorithm without(int bits) {
        return new TpmaAlgorithm(value & ~bits);
    }
}
