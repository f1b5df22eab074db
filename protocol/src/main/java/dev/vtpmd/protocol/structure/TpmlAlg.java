package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_ALG: algorithms (Part 2, 10.9.3).
 *
 * @param algorithms the elements, in order
 */
public record TpmlAlg(List<TpmAlgId> algorithms) {
    /** The most elements that fit. */
    public static final int MAX = 64;

    /** Copies the list. */
    public TpmlAlg {
        algorithms = List.copyOf(algorithms);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, TPM_RC_VALUE for an algorithm that the TPM does not offer,
     *     which TPM2_IncrementalSelfTest, the one command with such a list, answers with that
     */
    public static TpmlAlg read(TpmReader in) {
        return new TpmlAlg(in.list(MAX, TpmlAlg::algorithm));
    }

    private static TpmAlgId algorithm(TpmReader in) {
        TpmAlgId algorithm = TpmAlgId.of(in.u16());
        if (algorithm == null || !in.profile().offers(algorithm)) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return algorithm;
    }

    /** Writes the list. */
    public void write(TpmWriter out) {
        out.list(algorithms, TpmAlgId::write);
    }
}
