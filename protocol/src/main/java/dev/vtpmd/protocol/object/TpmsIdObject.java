package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_ID_OBJECT: the content of a credential blob (Part 2, 12.4.2).
 *
 * @param integrityHMAC HMAC of what follows and of the Name of the object
 * @param encIdentity the credential with its size, encrypted
 */
public record TpmsIdObject(Tpm2b integrityHMAC, Tpm2b encIdentity) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE
     */
    public static TpmsIdObject read(TpmReader in) {
        return new TpmsIdObject(Tpm2bType.DIGEST.read(in), Tpm2bType.DIGEST.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        integrityHMAC.write(out);
        encIdentity.write(out);
    }
}
