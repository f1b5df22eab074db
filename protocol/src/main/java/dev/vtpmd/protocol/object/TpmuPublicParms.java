package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPMU_PUBLIC_PARMS: algorithm parameters of an object (Part 2, 12.2.3.7). */
public sealed interface TpmuPublicParms permits TpmsKeyedhashParms, TpmsSymcipherParms, TpmsRsaParms, TpmsEccParms {
    /** Writes the parameters, without the type of the object. */
    void write(TpmWriter out);

    /**
     * Reads the parameters of an object of {@code type}.
     *
     * @throws TpmException TPM_RC_SELECTOR if there is no such type, and what the structure throws
     */
    static TpmuPublicParms read(TpmReader in, TpmAlgId type) {
        return switch (type) {
            case KEYEDHASH -> TpmsKeyedhashParms.read(in);
            case SYMCIPHER -> TpmsSymcipherParms.read(in);
            case RSA -> TpmsRsaParms.read(in);
            case ECC -> TpmsEccParms.read(in);
            default -> throw TpmException.of(TpmRc.SELECTOR);
        };
    }
}
