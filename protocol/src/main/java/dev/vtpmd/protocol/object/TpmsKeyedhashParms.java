package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_KEYEDHASH_PARMS: parameters of an HMAC or XOR key or of sealed data (Part 2, 12.2.3.3).
 *
 * @param scheme what the key is for; NULL for sealed data
 */
public record TpmsKeyedhashParms(TpmtKeyedhashScheme scheme) implements TpmuPublicParms {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE, TPM_RC_HASH, TPM_RC_KDF
     */
    public static TpmsKeyedhashParms read(TpmReader in) {
        return new TpmsKeyedhashParms(TpmtKeyedhashScheme.readOrNull(in));
    }

    @Override
    public void write(TpmWriter out) {
        scheme.write(out);
    }
}
