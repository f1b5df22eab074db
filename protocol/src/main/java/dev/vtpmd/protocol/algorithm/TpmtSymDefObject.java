package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_SYM_DEF_OBJECT: the block cipher of an object, for what it protects or as its own algorithm (Part 2, 11.1.7).
 *
 * @param algorithm a block cipher or NULL
 * @param keyBits size of the key in bits; 0 for NULL
 * @param mode mode of the block cipher, which may be NULL; NULL for NULL
 */
public record TpmtSymDefObject(TpmAlgId algorithm, int keyBits, TpmAlgId mode) {
    /** No algorithm. */
    public static final TpmtSymDefObject NULL = new TpmtSymDefObject(TpmAlgId.NULL, 0, TpmAlgId.NULL);

    private static final int BITS_PER_BYTE = 8;

    /**
     * Reads a TPMT_SYM_DEF_OBJECT.
     *
     * @throws TpmException TPM_RC_SYMMETRIC, TPM_RC_VALUE for the key size, TPM_RC_MODE
     */
    public static TpmtSymDefObject read(TpmReader in) {
        return details(AlgorithmType.TPMI_ALG_SYM_OBJECT.read(in), in);
    }

    /** Reads a TPMT_SYM_DEF_OBJECT+. */
    public static TpmtSymDefObject readOrNull(TpmReader in) {
        TpmAlgId algorithm = AlgorithmType.TPMI_ALG_SYM_OBJECT.readOrNull(in);
        return algorithm == TpmAlgId.NULL ? NULL : details(algorithm, in);
    }

    private static TpmtSymDefObject details(TpmAlgId algorithm, TpmReader in) {
        int keyBits = keyBits(algorithm, in);
        return new TpmtSymDefObject(algorithm, keyBits, AlgorithmType.TPMI_ALG_SYM_MODE.readOrNull(in));
    }

    /** Reads the size of a key of {@code cipher} in bits (TPMU_SYM_KEY_BITS), or throws TPM_RC_VALUE. */
    static int keyBits(TpmAlgId cipher, TpmReader in) {
        int keyBits = in.u16();
        if (!in.profile().offersKeyBits(cipher, keyBits)) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return keyBits;
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        algorithm.write(out);
        if (algorithm != TpmAlgId.NULL) {
            out.u16(keyBits);
            mode.write(out);
        }
    }

    /** Whether there is no algorithm. */
    public boolean isNull() {
        return algorithm == TpmAlgId.NULL;
    }

    /** Size of the key in bytes. */
    public int keyBytes() {
        return keyBits / BITS_PER_BYTE;
    }
}
