package dev.vtpmd.protocol.constant;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMI_ALG_HASH: the hash algorithms that a TPM can offer, and TPM_ALG_NULL (Part 2, 9.27). Ordered by identifier, which is
 * the order in which a TPM lists PCR banks and event digests.
 */
public enum TpmiAlgHash {
    SHA1(TpmAlgId.SHA1, 20, 64),
    SHA256(TpmAlgId.SHA256, 32, 64),
    SHA384(TpmAlgId.SHA384, 48, 128),
    SHA512(TpmAlgId.SHA512, 64, 128),
    NULL(TpmAlgId.NULL, 0, 0),
    SM3_256(TpmAlgId.SM3_256, 32, 64),
    SHA3_256(TpmAlgId.SHA3_256, 32, 136),
    SHA3_384(TpmAlgId.SHA3_384, 48, 104),
    SHA3_512(TpmAlgId.SHA3_512, 64, 72);

    private static final TpmiAlgHash[] BY_VALUE = new TpmiAlgHash[0x30];

    static {
        for (TpmiAlgHash hash : values()) {
            BY_VALUE[hash.algorithm.value()] = hash;
        }
    }

    private final TpmAlgId algorithm;
    private final int digestSize;
    private final int blockSize;

    TpmiAlgHash(TpmAlgId algorithm, int digestSize, int blockSize) {
        this.algorithm = algorithm;
        this.digestSize = digestSize;
        this.blockSize = blockSize;
    }

    /** The algorithm. */
    public TpmAlgId algorithm() {
        return algorithm;
    }

    /** The identifier, 16 bits. */
    public int value() {
        return algorithm.value();
    }

    /** Size of a digest in bytes; 0 for NULL. */
    public int digestSize() {
        return digestSize;
    }

    /** Size of the hash function's input block in bytes; 0 for NULL. */
    public int blockSize() {
        return blockSize;
    }

    /**
     * Reads a TPMI_ALG_HASH.
     *
     * @throws TpmException TPM_RC_HASH if the TPM does not offer it, or it is TPM_ALG_NULL
     */
    public static TpmiAlgHash read(TpmReader in) {
        TpmiAlgHash hash = of(in.u16());
        if (hash == null || !in.profile().offers(hash)) {
            throw TpmException.of(TpmRc.HASH);
        }
        return hash;
    }

    /**
     * Reads a TPMI_ALG_HASH+.
     *
     * @throws TpmException TPM_RC_HASH if the TPM does not offer it
     */
    public static TpmiAlgHash readOrNull(TpmReader in) {
        TpmiAlgHash hash = of(in.u16());
        if (hash == null || hash != NULL && !in.profile().offers(hash)) {
            throw TpmException.of(TpmRc.HASH);
        }
        return hash;
    }

    /** Writes the identifier. */
    public void write(TpmWriter out) {
        out.u16(value());
    }

    /** The hash algorithm with this 16-bit identifier, or null if there is none. */
    public static TpmiAlgHash of(int value) {
        return value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : null;
    }

    /** The hash algorithm {@code algorithm}, or null if it is not one. */
    public static TpmiAlgHash of(TpmAlgId algorithm) {
        return algorithm == null ? null : of(algorithm.value());
    }
}
