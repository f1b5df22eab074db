package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * TPML_DIGEST: digests (Part 2, 10.9.5).
 *
 * @param digests the elements, in order
 */
public record TpmlDigest(List<Tpm2b> digests) {
    /** The most digests that fit. */
    public static final int MAX = 8;

    /** The fewest digests that a list of alternatives has. */
    public static final int MIN_ALTERNATIVES = 2;

    /** Copies the list. */
    public TpmlDigest {
        digests = List.copyOf(digests);
    }

    /**
     * Reads the list.
     *
     * @throws TpmException TPM_RC_SIZE if the list is too long, and what an element throws
     */
    public static TpmlDigest read(TpmReader in) {
        return new TpmlDigest(in.list(MAX, Tpm2bType.DIGEST::read));
    }

    /** Writes the list. */
    public void write(TpmWriter out) {
        out.list(digests, Tpm2b::write);
    }

    /**
     * Reads the list of TPM2_PolicyOR, which has two digests at least.
     *
     * @throws TpmException TPM_RC_SIZE if there are fewer than 2 or more than 8, or one is too large
     */
    public static TpmlDigest readAlternatives(TpmReader in) {
        int start = in.position();
        if (Integer.compareUnsigned(in.u32(), MIN_ALTERNATIVES) < 0) {
            throw TpmException.of(TpmRc.SIZE);
        }
        in.position(start);
        return read(in);
    }
}
