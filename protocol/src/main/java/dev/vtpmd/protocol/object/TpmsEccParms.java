package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_ECC_PARMS: parameters of an elliptic curve key (Part 2, 12.2.3.6).
 *
 * @param symmetric of a restricted decryption key, the cipher that protects its children; else NULL
 * @param scheme the one scheme of the key, or NULL
 * @param curveID the curve
 * @param kdf key derivation function of a scheme that needs one, or NULL
 */
public record TpmsEccParms(TpmtSymDefObject symmetric, TpmtAsymScheme scheme, TpmEccCurve curveID, TpmtKdfScheme kdf)
        implements TpmuPublicParms {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SYMMETRIC, TPM_RC_VALUE, TPM_RC_MODE, TPM_RC_SCHEME, TPM_RC_HASH, TPM_RC_CURVE, TPM_RC_KDF
     */
    public static TpmsEccParms read(TpmReader in) {
        return new TpmsEccParms(
                TpmtSymDefObject.readOrNull(in),
                TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_ECC_SCHEME),
                TpmEccCurve.read(in),
                TpmtKdfScheme.readOrNull(in));
    }

    @Override
    public void write(TpmWriter out) {
        symmetric.write(out);
        scheme.write(out);
        curveID.write(out);
        kdf.write(out);
    }
}
