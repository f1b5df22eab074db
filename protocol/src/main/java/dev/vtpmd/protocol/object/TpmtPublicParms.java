package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMT_PUBLIC_PARMS: algorithm parameters and the type of the object that they are for (Part 2, 12.2.3.8).
 *
 * @param type RSA, ECC, KEYEDHASH or SYMCIPHER
 * @param parameters parameters, of the kind of {@code type}
 */
public record TpmtPublicParms(TpmAlgId type, TpmuPublicParms parameters) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_TYPE, and what the parameters throw
     */
    public static TpmtPublicParms read(TpmReader in) {
        TpmAlgId type = AlgorithmType.TPMI_ALG_PUBLIC.read(in);
        return new TpmtPublicParms(type, TpmuPublicParms.read(in, type));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        type.write(out);
        parameters.write(out);
    }
}
