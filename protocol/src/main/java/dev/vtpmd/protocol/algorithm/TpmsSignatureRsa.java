package dev.vtpmd.protocol.algorithm;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_SIGNATURE_RSA: an RSASSA or RSAPSS signature (Part 2, 11.3.1).
 *
 * @param hash algorithm of the digest that is signed
 * @param sig the signature, as large as the modulus
 */
public record TpmsSignatureRsa(TpmiAlgHash hash, Tpm2b sig) implements TpmuSignature {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_HASH, TPM_RC_SIZE
     */
    public static TpmsSignatureRsa read(TpmReader in) {
        return new TpmsSignatureRsa(TpmiAlgHash.read(in), Tpm2bType.PUBLIC_KEY_RSA.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        hash.write(out);
        sig.write(out);
    }
}
