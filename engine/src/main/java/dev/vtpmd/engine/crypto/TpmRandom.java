package dev.vtpmd.engine.crypto;

import dev.vtpmd.engine.Entropy;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.Arrays;

/**
 * The random number generator of one TPM (Part 1, 11.4.11): a {@link CtrDrbg} seeded by the platform's {@link Entropy} and
 * reseeded from it regularly. It generates ahead, the more the more it is asked for, and hands out pieces, so that a nonce costs
 * a copy; what was handed out is wiped here at once.
 *
 * <p>Not safe for use by several threads.
 */
public final class TpmRandom implements KeyMaterialSource {
    private static final int SMALLEST_POOL = 64;
    private static final int LARGEST_POOL = 1024;

    /** Reseeding after every mebibyte, at most, costs next to nothing. */
    private static final int POOLS_BETWEEN_RESEEDS = 1024;

    private final Entropy entropy;
    private final Digests digests = new Digests();
    private final CtrDrbg generator;
    private byte[] pool = new byte[SMALLEST_POOL];
    private int used = pool.length;
    private int poolsSinceReseed;

    /** A generator seeded from {@code entropy}. */
    public TpmRandom(Entropy entropy) {
        this.entropy = entropy;
        byte[] seed = freshSeed();
        this.generator = new CtrDrbg(seed);
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public byte[] generate(int count) {
        byte[] bytes = new byte[count];
        fill(bytes, 0, count);
        return bytes;
    }

    /** Fills {@code length} bytes of {@code out} from {@code offset} on. */
    public void fill(byte[] out, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (used == pool.length) {
                refill();
            }
            int part = Math.min(pool.length - used, length - done);
            System.arraycopy(pool, used, out, offset + done, part);
            Arrays.fill(pool, used, used + part, (byte) 0);
            used += part;
            done += part;
        }
    }

    /** Adds {@code data} to the generator's state, together with fresh entropy, as TPM2_StirRandom does (Part 3, 16.2). */
    public void stir(byte[] data) {
        byte[] seed = freshSeed();
        byte[] compressed = digests.digest(TpmiAlgHash.SHA384, data);
        for (int i = 0; i < seed.length; i++) {
            seed[i] ^= compressed[i];
        }
        reseed(seed);
    }

    private void refill() {
        if (poolsSinceReseed == POOLS_BETWEEN_RESEEDS) {
            reseed(freshSeed());
        }
        if (pool.length < LARGEST_POOL) {
            pool = new byte[2 * pool.length];
        }
        generator.generate(pool, 0, pool.length);
        poolsSinceReseed++;
        used = 0;
    }

    private void reseed(byte[] seed) {
        generator.update(seed);
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(pool, (byte) 0);
        used = pool.length;
        poolsSinceReseed = 0;
    }

    private byte[] freshSeed() {
        byte[] seed = new byte[CtrDrbg.SEED_SIZE];
        entropy.fill(seed);
        return seed;
    }
}
