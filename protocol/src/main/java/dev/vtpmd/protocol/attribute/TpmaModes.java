package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_MODES: standards that the TPM is made to meet (Part 2, 8.10), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaModes(int value) {
    /** Bit 0: the TPM is made to meet FIPS 140-2. */
    public static final int FIPS1402 = 1 << 0;
    /** Bit 1: the TPM is made to meet FIPS 140-3. */
    public static final int FIPS1403 = 1 << 1;

    /** Reads the attributes. */
    public static TpmaModes read(TpmReader in) {
        return new TpmaModes(in.u32());
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether the TPM is made to meet FIPS 140-2. */
    public boolean fips1402() {
        return (value & FIPS1402) != 0;
    }

    /** Whether the TPM is made to meet FIPS 140-3. */
    public boolean fips1403() {
        return (value & FIPS1403) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaModes with(int bits) {
        return new TpmaModes(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaModes without(int bits) {
        return new TpmaModes(value & ~bits);
    }
}
