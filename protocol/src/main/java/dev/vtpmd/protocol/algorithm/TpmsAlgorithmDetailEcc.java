package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_ALGORITHM_DETAIL_ECC: the parameters of a curve (Part 2, 11.2.5.9). Numbers are unsigned and big-endian.
 *
 * @param curveID the curve
 * @param keySize size of a key in bits
 * @param kdf the key derivation function that the curve demands, or NULL
 * @param sign the signing scheme that the curve demands, or NULL
 * @param p prime of the field
 * @param a coefficient of the linear term
 * @param b constant term
 * @param gX first coordinate of the base point
 * @param gY second coordinate of the base point
 * @param n order of the base point
 * @param h cofactor
 */
public record TpmsAlgorithmDetailEcc(
        TpmEccCurve curveID,
        int keySize,
        TpmtKdfScheme kdf,
        TpmtAsymScheme sign,
        Tpm2b p,
        Tpm2b a,
        Tpm2b b,
        Tpm2b gX,
        Tpm2b gY,
        Tpm2b n,
        Tpm2b h) {
    /** Reads the structure. */
    public static TpmsAlgorithmDetailEcc read(TpmReader in) {
        return new TpmsAlgorithmDetailEcc(
                TpmEccCurve.read(in),
                in.u16(),
                TpmtKdfScheme.readOrNull(in),
                TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_ECC_SCHEME),
                Tpm2bType.ECC_PARAMETER.read(in),
                Tpm2bType.ECC_PARAMETER.read(in),
                Tpm2bType.ECC_PARAMETER.read(in),
                Tpm2bType.ECC_PARAMETER.read(in),
                Tpm2bType.ECC_PARAMETER.read(in),
                Tpm2bType.ECC_PARAMETER.read(in),
                Tpm2bType.ECC_PARAMETER.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        curveID.write(out);
        out.u16(keySize);
        kdf.write(out);
        sign.write(out);
        p.write(out);
        a.write(out);
        b.write(out);
        gX.write(out);
        gY.write(out);
        n.write(out);
        h.write(out);
    }
}
