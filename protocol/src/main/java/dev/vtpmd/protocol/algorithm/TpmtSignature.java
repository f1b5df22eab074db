package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_SIGNATURE: a signature and its scheme (Part 2, 11.3.4).
 *
 * @param sigAlg the scheme, or NULL
 * @param signature the signature, in the format of the scheme
 */
public record TpmtSignature(TpmAlgId sigAlg, TpmuSignature signature) {
    /** No signature. */
    public static final TpmtSignature NULL = new TpmtSignature(TpmAlgId.NULL, TpmuSignature.Null.INSTANCE);

    /**
     * Reads a TPMT_SIGNATURE.
     *
     * @throws TpmException TPM_RC_SCHEME, TPM_RC_HASH, TPM_RC_SIZE
     */
    public static TpmtSignature read(TpmReader in) {
        return details(AlgorithmType.TPMI_ALG_SIG_SCHEME.read(in), in);
    }

    /** Reads a TPMT_SIGNATURE+. */
    public static TpmtSignature readOrNull(TpmReader in) {
        return details(AlgorithmType.TPMI_ALG_SIG_SCHEME.readOrNull(in), in);
    }

    private static TpmtSignature details(TpmAlgId sigAlg, TpmReader in) {
        return sigAlg == TpmAlgId.NULL ? NULL : new TpmtSignature(sigAlg, TpmuSignature.read(in, sigAlg));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        sigAlg.write(out);
        signature.write(out);
    }
}
