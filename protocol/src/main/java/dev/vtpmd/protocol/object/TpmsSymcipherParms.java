package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_SYMCIPHER_PARMS: parameters of a symmetric cipher key (Part 2, 11.1.9).
 *
 * @param sym the block cipher
 */
public record TpmsSymcipherParms(TpmtSymDefObject sym) implements TpmuPublicParms {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_SYMMETRIC, TPM_RC_VALUE, TPM_RC_MODE
     */
    public static TpmsSymcipherParms read(TpmReader in) {
        return new TpmsSymcipherParms(TpmtSymDefObject.read(in));
    }

    @Override
    public void write(TpmWriter out) {
        sym.write(out);
    }
}
