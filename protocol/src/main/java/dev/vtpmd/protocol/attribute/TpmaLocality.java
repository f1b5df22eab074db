package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_LOCALITY: a set of the localities 0 to 4, or one extended locality (Part 2, 8.5), 8 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaLocality(int value) {
    /** Bit 0: locality 0 is in the set. */
    public static final int ZERO = 1 << 0;
    /** Bit 1: locality 1 is in the set. */
    public static final int ONE = 1 << 1;
    /** Bit 2: locality 2 is in the set. */
    public static final int TWO = 1 << 2;
    /** Bit 3: locality 3 is in the set. */
    public static final int THREE = 1 << 3;
    /** Bit 4: locality 4 is in the set. */
    public static final int FOUR = 1 << 4;
    /** The bits of an extended locality, of which at least one is set. */
    public static final int EXTENDED = 0xE0;

    private static final int FIRST_EXTENDED = 32;

    /** Reads the attributes. */
    public static TpmaLocality read(TpmReader in) {
        return new TpmaLocality(in.u8());
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u8(value);
    }

    /** Whether locality 0 is in the set. */
    public boolean zero() {
        return (value & ZERO) != 0;
    }

    /** Whether locality 1 is in the set. */
    public boolean one() {
        return (value & ONE) != 0;
    }

    /** Whether locality 2 is in the set. */
    public boolean two() {
        return (value & TWO) != 0;
    }

    /** Whether locality 3 is in the set. */
    public boolean three() {
        return (value & THREE) != 0;
    }

    /** Whether locality 4 is in the set. */
    public boolean four() {
        return (value & FOUR) != 0;
    }

    /**
     * {@code locality} alone.
     *
     * @param locality 0 to 4, or 32 to 255
     */
    public static TpmaLocality of(int locality) {
        return new TpmaLocality(locality >= FIRST_EXTENDED ? locality : 1 << locality);
    }

    /** Whether this is an extended locality, 32 to 255, and not a set. */
    public boolean extended() {
        return (value & EXTENDED) != 0;
    }

    /** Whether {@code locality} (0 to 4, or 32 to 255) is this locality or one of this set. */
    public boolean allows(int locality) {
        if (extended() || locality >= FIRST_EXTENDED) {
            return locality == value;
        }
        return (value >> locality & 1) != 0;
    }
}
