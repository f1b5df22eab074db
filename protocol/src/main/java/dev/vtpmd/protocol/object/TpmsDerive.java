package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_DERIVE: what a derived object is derived from, besides its parent (Part 2, 11.1.11).
 *
 * @param label what it is for, at most 32 bytes
 * @param context what else tells it apart, at most 32 bytes
 */
public record TpmsDerive(Tpm2b label, Tpm2b context) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SIZE
     */
    public static TpmsDerive read(TpmReader in) {
        return new TpmsDerive(Tpm2bType.LABEL.read(in), Tpm2bType.LABEL.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        label.write(out);
        context.write(out);
    }
}
