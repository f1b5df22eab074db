package dev.vtpmd.engine.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The CTR_DRBG mechanism of SP 800-90A (10.2.1) on AES-256, without a derivation function: who seeds it gives seed material of
 * full length. It counts no requests; its owners stay far below the limit of 2^48 between reseeds.
 *
 * <p>Not safe for use by several threads.
 */
public final class CtrDrbg {
    /** Size in bytes of seed material: a key and a block. */
    public static final int SEED_SIZE = 48;

    /** Largest request in bytes (SP 800-90A, table 3). */
    public static final int LARGEST_REQUEST = 1 << 16;

    private static final int KEY_SIZE = 32;
    private static final int BLOCK_SIZE = 16;

    private final Cipher cipher;
    private final byte[] counter = new byte[BLOCK_SIZE];
    private final byte[] blocks = new byte[SEED_SIZE];

    /** Instantiates with {@link #SEED_SIZE} bytes of seed material. */
    public CtrDrbg(byte[] seedMaterial) {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java runtime lacks AES", e);
        }
        setKey(new byte[KEY_SIZE], 0);
        update(seedMaterial);
    }

    /** Fills {@code length} bytes of {@code out} from {@code offset} on: one request. */
    public void generate(byte[] out, int offset, int length) {
        if (length > LARGEST_REQUEST) {
            throw new IllegalArgumentException("a request of more than 2^16 bytes");
        }
        int whole = length - length % BLOCK_SIZE;
        stream(out, offset, whole);
        if (whole < length) {
            stream(blocks, 0, BLOCK_SIZE);
            System.arraycopy(blocks, 0, out, offset + whole, length - whole);
        }
        update(null);
    }

    /** Mixes in {@link #SEED_SIZE} bytes of entropy or additional input, or with null only advances. */
    public void update(byte[] seedMaterial) {
        stream(blocks, 0, SEED_SIZE);
        if (seedMaterial != null) {
            for (int i = 0; i < SEED_SIZE; i++) {
                blocks[i] ^= seedMaterial[i];
            }
        }
        setKey(blocks, 0);
        System.arraycopy(blocks, KEY_SIZE, counter, 0, BLOCK_SIZE);
        Arrays.fill(blocks, (byte) 0);
    }

    /** Overwrites the counter and replaces the key, after which this generator is of no further use. */
    public void wipe() {
        Arrays.fill(counter, (byte) 0);
        setKey(new byte[KEY_SIZE], 0);
    }

    /** Puts {@code size} bytes of key stream, whole blocks, into {@code out}. */
    private void stream(byte[] out, int offset, int size) {
        for (int at = 0; at < size; at += BLOCK_SIZE) {
            increment();
            System.arraycopy(counter, 0, out, offset + at, BLOCK_SIZE);
        }
        try {
            cipher.update(out, offset, size, out, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void increment() {
        int at = BLOCK_SIZE - 1;
        while (++counter[at] == 0 && at > 0) {
            at--;
        }
    }

    private void setKey(byte[] key, int offset) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, offset, KEY_SIZE, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
