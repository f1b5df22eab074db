package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_HA: a digest and its algorithm (Part 2, 10.3.2).
 *
 * @param hashAlg the algorithm, or NULL
 * @param digest as many bytes as the algorithm gives; on the wire without a size
 */
public record TpmtHa(TpmiAlgHash hashAlg, Tpm2b digest) {
    /** No digest. */
    public static final TpmtHa NULL = new TpmtHa(TpmiAlgHash.NULL, Tpm2b.EMPTY);

    /**
     * Reads a TPMT_HA.
     *
     * @throws TpmException TPM_RC_HASH
     */
    public static TpmtHa read(TpmReader in) {
        return digest(TpmiAlgHash.read(in), in);
    }

    /** Reads a TPMT_HA+. */
    public static TpmtHa readOrNull(TpmReader in) {
        return digest(TpmiAlgHash.readOrNull(in), in);
    }

    private static TpmtHa digest(TpmiAlgHash hashAlg, TpmReader in) {
        return new TpmtHa(hashAlg, Tpm2b.wrap(in.bytes(hashAlg.digestSize())));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        hashAlg.write(out);
        out.bytes(digest.bytes());
    }
}
