package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.attribute.TpmaAlgorithm;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_ALG_PROPERTY: an algorithm and what it is good for (Part 2, 10.8.1).
 *
 * @param alg the algorithm
 * @param algProperties its attributes
 */
public record TpmsAlgProperty(TpmAlgId alg, TpmaAlgorithm algProperties) {
    /** {@code alg} with its attributes. */
    public static TpmsAlgProperty of(TpmAlgId alg) {
        return new TpmsAlgProperty(alg, new TpmaAlgorithm(alg.attributes()));
    }

    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE if the registry has no such algorithm, TPM_RC_RESERVED_BITS
     */
    public static TpmsAlgProperty read(TpmReader in) {
        TpmAlgId alg = TpmAlgId.of(in.u16());
        if (alg == null) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return new TpmsAlgProperty(alg, TpmaAlgorithm.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        alg.write(out);
        algProperties.write(out);
    }
}
