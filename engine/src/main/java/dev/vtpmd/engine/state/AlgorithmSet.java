package dev.vtpmd.engine.state;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * The number that the platform chose with TPM2_SetAlgorithmSet: permanent, and reported as TPM_PT_ALGORITHM_SET. What it means is
 * up to the TPM's vendor (Part 3, 26.3); here as in libtpms it changes nothing, for the algorithms are those of the profile.
 */
public final class AlgorithmSet {
    private final Orderly orderly;
    private int value;

    /** The set of a new TPM, 0. */
    public AlgorithmSet(Orderly orderly) {
        this.orderly = orderly;
    }

    /** The number, 32 bits. */
    public int value() {
        return value;
    }

    /** Chooses a number. */
    public void choose(int newValue) {
        value = newValue;
        orderly.bookkeepingChanged();
    }

    /** Stores the number. */
    public void writePermanent(TpmWriter out) {
        out.u32(value);
    }

    /** Restores the number. */
    public void readPermanent(TpmReader in) {
        value = in.u32();
    }
}
