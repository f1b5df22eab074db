package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_DIGEST_VALUES: digests of one thing with several algorithms (Part 2, 10.9.6).
 *
 * @param digests the elements, in order
 */
public record TpmlDigestValues(List<TpmtHa> digests) {
    /** Copies the list. */
    public TpmlDigestValues {
        digests = List.copyOf(digests);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if there are more than the TPM has hash algorithms, TPM_RC_HASH
     */
    public static TpmlDigestValues read(TpmReader in) {
        return new TpmlDigestValues(in.list(in.profile().hashes().size(), TpmtHa::read));
    }

    /** Writes the list. */
    public void write(TpmWriter out) {
        out.list(digests, TpmtHa::write);
    }
}
