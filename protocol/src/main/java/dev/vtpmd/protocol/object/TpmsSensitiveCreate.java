package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_SENSITIVE_CREATE: the secrets that the creator of an object gives (Part 2, 11.1.15).
 *
 * @param userAuth the authorization value
 * @param data data to seal, a key, or a TPMS_DERIVE; or empty
 */
public record TpmsSensitiveCreate(Tpm2b userAuth, Tpm2b data) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE
     */
    public static TpmsSensitiveCreate read(TpmReader in) {
        return new TpmsSensitiveCreate(Tpm2bType.AUTH.read(in), Tpm2bType.SENSITIVE_DATA.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        userAuth.write(out);
        data.write(out);
    }

    /** Overwrites the secrets with zeros. */
    public void wipe() {
        userAuth.wipe();
        data.wipe();
    }
}
