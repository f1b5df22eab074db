package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_SIGNATURE_ECC: a signature with an elliptic curve key (Part 2, 11.3.2).
 *
 * @param hash algorithm of the digest that is signed
 * @param signatureR first part, unsigned, big-endian
 * @param signatureS second part, unsigned, big-endian
 */
public record TpmsSignatureEcc(TpmiAlgHash hash, Tpm2b signatureR, Tpm2b signatureS) implements TpmuSignature {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_HASH, TPM_RC_SIZE
     */
    public static TpmsSignatureEcc read(TpmReader in) {
        return new TpmsSignatureEcc(
                TpmiAlgHash.read(in), Tpm2bType.ECC_PARAMETER.read(in), Tpm2bType.ECC_PARAMETER.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        hash.write(out);
        signatureR.write(out);
        signatureS.write(out);
    }
}
