package dev.vtpmd.engine.hierarchy;

import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * A primary seed (Part 1, 14.3).
 *
 * @param value 64 bytes
 * @param level which derivation of primary objects this seed is used with: 1 for a new seed, 0 for one that libtpms 0.7 or
 *     older made; it decides how RSA primes are searched
 */
public record Seed(Tpm2b value, int level) {
    /** The level of seeds that are made now. */
    public static final int NEWEST_LEVEL = 1;

    /** Size of a seed or proof, in bytes. */
    public static final int SIZE = 64;

    /** Reads a stored seed. */
    public static Seed read(TpmReader in) {
        Tpm2b value = Tpm2b.read(in, SIZE);
        return new Seed(value, in.u8());
    }

    /** Stores the seed. */
    public void write(TpmWriter out) {
        value.write(out);
        out.u8(level);
    }

    @Override
    public String toString() {
        return "Seed[level " + level + "]";
    }
}
