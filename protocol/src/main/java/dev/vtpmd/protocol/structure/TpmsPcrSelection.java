package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_PCR_SELECTION: PCRs of one bank (Part 2, 10.5.2). On the wire the bits take {@value #SIZE_OF_SELECT} bytes, one bit
 * for each of 24 PCRs; no other size is accepted.
 *
 * @param hash algorithm of the bank
 * @param pcrSelect bit n is set if PCR n, 0 to 23, is selected
 */
public record TpmsPcrSelection(TpmiAlgHash hash, int pcrSelect) {
    /** Number of bytes of the bits, both the least and the most that is accepted. */
    public static final int SIZE_OF_SELECT = 3;

    /** A selection of {@code pcrs}, each 0 to 23. */
    public static TpmsPcrSelection of(TpmiAlgHash hash, int... pcrs) {
        int bits = 0;
        for (int pcr : pcrs) {
            bits |= 1 << pcr;
        }
        return new TpmsPcrSelection(hash, bits);
    }

    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_HASH, TPM_RC_VALUE if sizeofSelect is not {@value #SIZE_OF_SELECT}
     */
    public static TpmsPcrSelection read(TpmReader in) {
        return new TpmsPcrSelection(TpmiAlgHash.read(in), readSelect(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        hash.write(out);
        writeSelect(pcrSelect, out);
    }

    /** Reads sizeofSelect and pcrSelect (TPMS_PCR_SELECT), or throws TPM_RC_VALUE. */
    static int readSelect(TpmReader in) {
        if (in.u8() != SIZE_OF_SELECT) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return in.u8() | in.u8() << 8 | in.u8() << 16;
    }

    /** Writes sizeofSelect and pcrSelect (TPMS_PCR_SELECT). */
    static void writeSelect(int pcrSelect, TpmWriter out) {
        out.u8(SIZE_OF_SELECT);
        out.u8(pcrSelect);
        out.u8(pcrSelect >> 8);
        out.u8(pcrSelect >> 16);
    }

    /** Whether PCR {@code pcr}, 0 to 23, is selected. */
    public boolean isSelected(int pcr) {
        return (pcrSelect >> pcr & 1) != 0;
    }

    /** Whether no PCR is selected. */
    public boolean isEmpty() {
        return pcrSelect == 0;
    }

    /** Number of PCRs selected. */
    public int count() {
        return Integer.bitCount(pcrSelect);
    }

    /** The same bank with {@code newPcrSelect} as its bits. */
    public TpmsPcrSelection withPcrSelect(int newPcrSelect) {
        return new TpmsPcrSelection(hash, newPcrSelect);
    }
}
