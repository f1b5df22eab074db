package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.util.Arrays;

/**
 * An HMAC over data that arrives over several commands (Part 1, 32.3). What it keeps of the key is the states of the inner and
 * the outer digest after the padded key, so a saved state is as secret as the key.
 */
public final class ExportableHmac {
    private final TpmiAlgHash hash;
    private final ExportableDigest inner;
    private final ExportableDigest outer;

    private ExportableHmac(TpmiAlgHash hash, ExportableDigest inner, ExportableDigest outer) {
        this.hash = hash;
        this.inner = inner;
        this.outer = outer;
    }

    /** An HMAC of nothing yet, under a key of any length. */
    public static ExportableHmac start(TpmiAlgHash hash, byte[] key) {
        ExportableDigest inner = ExportableDigest.start(hash);
        ExportableDigest outer = ExportableDigest.start(hash);
        byte[] block = paddedKey(inner, key);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= Hmacs.INNER_PAD;
        }
        inner.update(block);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= Hmacs.INNER_PAD ^ Hmacs.OUTER_PAD;
        }
        outer.update(block);
        Arrays.fill(block, (byte) 0);
        return new ExportableHmac(hash, inner, outer);
    }

    /**
     * The HMAC whose {@link #exportInner} and {@link #exportOuter} gave these states.
     *
     * @throws IllegalArgumentException if they are no such states
     */
    public static ExportableHmac restore(TpmiAlgHash hash, byte[] inner, byte[] outer) {
        return new ExportableHmac(hash, ExportableDigest.restore(hash, inner), ExportableDigest.restore(hash, outer));
    }

    /** The hash algorithm. */
    public TpmiAlgHash hash() {
        return hash;
    }

    /** Adds {@code data}. */
    public void update(byte[] data) {
        inner.update(data);
    }

    /** Adds {@code length} bytes of {@code data} from {@code offset} on. */
    public void update(byte[] data, int offset, int length) {
        inner.update(data, offset, length);
    }

    /** The HMAC of all that was added. This object is of no further use. */
    public byte[] finish() {
        outer.update(inner.finish());
        return outer.finish();
    }

    /** The state of the inner digest, which has the data. */
    public byte[] exportInner() {
        return inner.export();
    }

    /** The state of the outer digest, which has the padded key alone. */
    public byte[] exportOuter() {
        return outer.export();
    }

    /** Forgets the key and the data. */
    public void wipe() {
        inner.wipe();
        outer.wipe();
    }

    private static byte[] paddedKey(ExportableDigest digest, byte[] key) {
        int blockSize = digest.hash().blockSize();
        if (key.length <= blockSize) {
            return Arrays.copyOf(key, blockSize);
        }
        digest.update(key);
        byte[] hashed = digest.finish();
        byte[] block = Arrays.copyOf(hashed, blockSize);
        Arrays.fill(hashed, (byte) 0);
        return block;
    }
}
