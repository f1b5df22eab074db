package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * A scheme of an asymmetric key or of a signature: TPMT_ASYM_SCHEME, TPMT_SIG_SCHEME, TPMT_RSA_SCHEME, TPMT_RSA_DECRYPT and
 * TPMT_ECC_SCHEME (Part 2, 11.2). These have one format and differ in the schemes that they allow; a reader names the
 * interface type of the scheme.
 *
 * <p>The details, a union in Part 2, are at most a hash algorithm (TPMS_SCHEME_HASH) and a count (TPMS_SCHEME_ECDAA).
 *
 * @param scheme the scheme, or NULL
 * @param hashAlg the hash algorithm; NULL for RSAES and NULL, which have none
 * @param count counter value of TPM2_Commit, 16 bits, for ECDAA; else 0
 */
public record TpmtAsymScheme(TpmAlgId scheme, TpmiAlgHash hashAlg, int count) {
    /** No scheme. */
    public static final TpmtAsymScheme NULL = new TpmtAsymScheme(TpmAlgId.NULL, TpmiAlgHash.NULL, 0);

    /** RSAES, which has no hash algorithm. */
    public static final TpmtAsymScheme RSAES = new TpmtAsymScheme(TpmAlgId.RSAES, TpmiAlgHash.NULL, 0);

    /** A scheme with a hash algorithm alone. */
    public TpmtAsymScheme(TpmAlgId scheme, TpmiAlgHash hashAlg) {
        this(scheme, hashAlg, 0);
    }

    /**
     * Reads a scheme.
     *
     * @param type one of TPMI_ALG_ASYM_SCHEME, TPMI_ALG_SIG_SCHEME, TPMI_ALG_RSA_SCHEME, TPMI_ALG_RSA_DECRYPT and
     *     TPMI_ALG_ECC_SCHEME
     * @throws TpmException the code of {@code type}, or TPM_RC_HASH
     */
    public static TpmtAsymScheme read(TpmReader in, AlgorithmType type) {
        return details(type.read(in), in);
    }

    /** Reads a scheme or NULL ("+"); otherwise as {@link #read}. */
    public static TpmtAsymScheme readOrNull(TpmReader in, AlgorithmType type) {
        return details(type.readOrNull(in), in);
    }

    private static TpmtAsymScheme details(TpmAlgId scheme, TpmReader in) {
        return switch (scheme) {
            case NULL -> NULL;
            case RSAES -> RSAES;
            case ECDAA -> new TpmtAsymScheme(scheme, TpmiAlgHash.read(in), in.u16());
            default -> new TpmtAsymScheme(scheme, TpmiAlgHash.read(in), 0);
        };
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        scheme.write(out);
        if (scheme == TpmAlgId.NULL || scheme == TpmAlgId.RSAES) {
            return;
        }
        hashAlg.write(out);
        if (scheme == TpmAlgId.ECDAA) {
            out.u16(count);
        }
    }

    /** Whether there is no scheme. */
    public boolean isNull() {
        return scheme == TpmAlgId.NULL;
    }
}
