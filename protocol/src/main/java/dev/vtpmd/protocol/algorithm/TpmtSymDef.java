package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_SYM_DEF: a symmetric algorithm for parameter encryption or a duplication's inner wrapper (Part 2, 11.1.6).
 *
 * @param algorithm a block cipher, XOR or NULL
 * @param keyBits size of the key in bits; for XOR the identifier of the hash algorithm; 0 for NULL
 * @param mode mode of the block cipher, which may be NULL; NULL for XOR and NULL
 */
public record TpmtSymDef(TpmAlgId algorithm, int keyBits, TpmAlgId mode) {
    /** No algorithm. */
    public static final TpmtSymDef NULL = new TpmtSymDef(TpmAlgId.NULL, 0, TpmAlgId.NULL);

    /** A block cipher. */
    public static TpmtSymDef of(TpmAlgId cipher, int keyBits, TpmAlgId mode) {
        return new TpmtSymDef(cipher, keyBits, mode);
    }

    /** XOR obfuscation with {@code hash}. */
    public static TpmtSymDef xor(TpmiAlgHash hash) {
        return new TpmtSymDef(TpmAlgId.XOR, hash.value(), TpmAlgId.NULL);
    }

    /**
     * Reads a TPMT_SYM_DEF.
     *
     * @throws TpmException TPM_RC_SYMMETRIC, TPM_RC_VALUE for the key size, TPM_RC_MODE; TPM_RC_HASH for XOR
     */
    public static TpmtSymDef read(TpmReader in) {
        return details(AlgorithmType.TPMI_ALG_SYM.read(in), in);
    }

    /** Reads a TPMT_SYM_DEF+. */
    public static TpmtSymDef readOrNull(TpmReader in) {
        return details(AlgorithmType.TPMI_ALG_SYM.readOrNull(in), in);
    }

    private static TpmtSymDef details(TpmAlgId algorithm, TpmReader in) {
        return switch (algorithm) {
            case NULL -> NULL;
            case XOR -> xor(TpmiAlgHash.read(in));
            default -> {
                int keyBits = TpmtSymDefObject.keyBits(algorithm, in);
                yield new TpmtSymDef(algorithm, keyBits, AlgorithmType.TPMI_ALG_SYM_MODE.readOrNull(in));
            }
        };
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        algorithm.write(out);
        if (algorithm == TpmAlgId.NULL) {
            return;
        }
        out.u16(keyBits);
        if (algorithm != TpmAlgId.XOR) {
            mode.write(out);
        }
    }

    /** Whether there is no algorithm. */
    public boolean isNull() {
        return algorithm == TpmAlgId.NULL;
    }

    /** The hash algorithm of XOR obfuscation; null if this is not XOR. */
    public TpmiAlgHash xorHash() {
        return algorithm == TpmAlgId.XOR ? TpmiAlgHash.of(keyBits) : null;
    }
}
