package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_KEYEDHASH_SCHEME: what a keyed hash object is for (Part 2, 11.1.20).
 *
 * @param scheme HMAC, XOR or NULL
 * @param hashAlg the hash algorithm; NULL without a scheme
 * @param kdf key derivation function of XOR, which may be NULL; else NULL
 */
public record TpmtKeyedhashScheme(TpmAlgId scheme, TpmiAlgHash hashAlg, TpmAlgId kdf) {
    /** No scheme. */
    public static final TpmtKeyedhashScheme NULL =
            new TpmtKeyedhashScheme(TpmAlgId.NULL, TpmiAlgHash.NULL, TpmAlgId.NULL);

    /** An HMAC key's scheme. */
    public static TpmtKeyedhashScheme hmac(TpmiAlgHash hashAlg) {
        return new TpmtKeyedhashScheme(TpmAlgId.HMAC, hashAlg, TpmAlgId.NULL);
    }

    /**
     * Reads a TPMT_KEYEDHASH_SCHEME.
     *
     * @throws TpmException TPM_RC_VALUE for the scheme, TPM_RC_HASH, TPM_RC_KDF
     */
    public static TpmtKeyedhashScheme read(TpmReader in) {
        return details(AlgorithmType.TPMI_ALG_KEYEDHASH_SCHEME.read(in), in);
    }

    /** Reads a TPMT_KEYEDHASH_SCHEME+. */
    public static TpmtKeyedhashScheme readOrNull(TpmReader in) {
        return details(AlgorithmType.TPMI_ALG_KEYEDHASH_SCHEME.readOrNull(in), in);
    }

    private static TpmtKeyedhashScheme details(TpmAlgId scheme, TpmReader in) {
        return switch (scheme) {
            case NULL -> NULL;
            case XOR -> {
                TpmiAlgHash hashAlg = TpmiAlgHash.read(in);
                yield new TpmtKeyedhashScheme(scheme, hashAlg, AlgorithmType.TPMI_ALG_KDF.readOrNull(in));
            }
            default -> hmac(TpmiAlgHash.read(in));
        };
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        scheme.write(out);
        if (scheme == TpmAlgId.NULL) {
            return;
        }
        hashAlg.write(out);
        if (scheme == TpmAlgId.XOR) {
            kdf.write(out);
        }
    }

    /** Whether there is no scheme. */
    public boolean isNull() {
        return scheme == TpmAlgId.NULL;
    }
}
