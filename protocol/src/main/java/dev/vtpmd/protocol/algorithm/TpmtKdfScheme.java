package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_KDF_SCHEME: a key derivation function (Part 2, 11.2.3.3).
 *
 * @param scheme the function, or NULL
 * @param hashAlg its hash algorithm; NULL without a function
 */
public record TpmtKdfScheme(TpmAlgId scheme, TpmiAlgHash hashAlg) {
    /** No function. */
    public static final TpmtKdfScheme NULL = new TpmtKdfScheme(TpmAlgId.NULL, TpmiAlgHash.NULL);

    /**
     * Reads a TPMT_KDF_SCHEME.
     *
     * @throws TpmException TPM_RC_KDF, TPM_RC_HASH
     */
    public static TpmtKdfScheme read(TpmReader in) {
        return new TpmtKdfScheme(AlgorithmType.TPMI_ALG_KDF.read(in), TpmiAlgHash.read(in));
    }

    /** Reads a TPMT_KDF_SCHEME+. */
    public static TpmtKdfScheme readOrNull(TpmReader in) {
        TpmAlgId scheme = AlgorithmType.TPMI_ALG_KDF.readOrNull(in);
        return scheme == TpmAlgId.NULL ? NULL : new TpmtKdfScheme(scheme, TpmiAlgHash.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        scheme.write(out);
        if (scheme != TpmAlgId.NULL) {
            hashAlg.write(out);
        }
    }

    /** Whether there is no function. */
    public boolean isNull() {
        return scheme == TpmAlgId.NULL;
    }
}
