package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One-shot HMAC (Part 1, 11.4.3; FIPS 198-1). Written over the digests because JCA refuses the empty key, which an empty
 * authValue is, and needs a key object for every new key. For an HMAC whose state is saved between commands see {@link
 * ExportableHmac}.
 *
 * <p>Not safe for use by several threads.
 */
public final class Hmacs {
    static final byte INNER_PAD = 0x36;
    static final byte OUTER_PAD = 0x5C;

    private static final int LARGEST_BLOCK = 136;
    private static final int LARGEST_DIGEST = 64;

    private final Digests digests = new Digests();
    private final byte[] block = new byte[LARGEST_BLOCK];
    private final byte[] inner = new byte[LARGEST_DIGEST];

    /** The HMAC of {@code parts} one after the other, under a key of any length. */
    public byte[] hmac(TpmiAlgHash hash, byte[] key, byte[]... parts) {
        MessageDigest digest = begin(hash, key);
        for (byte[] part : parts) {
            digest.update(part);
        }
        byte[] mac = new byte[hash.digestSize()];
        end(hash, digest, mac);
        return mac;
    }

    /** Whether {@code expected} is the HMAC of {@code parts}; takes the same time wherever they differ. */
    public boolean verify(TpmiAlgHash hash, byte[] expected, byte[] key, byte[]... parts) {
        return MessageDigest.isEqual(expected, hmac(hash, key, parts));
    }

    /**
     * Keys the digest that this object uses for {@code hash}. Every call is followed by data and {@link #end}, with nothing else
     * asked of this object in between.
     */
    MessageDigest begin(TpmiAlgHash hash, byte[] key) {
        int blockSize = hash.blockSize();
        MessageDigest digest = digests.start(hash);
        fillBlock(digest, key, blockSize);
        for (int i = 0; i < blockSize; i++) {
            block[i] ^= INNER_PAD;
        }
        digest.update(block, 0, blockSize);
        return digest;
    }

    /** Finishes what {@link #begin} began, into the first bytes of {@code mac}. */
    void end(TpmiAlgHash hash, MessageDigest digest, byte[] mac) {
        int blockSize = hash.blockSize();
        Digests.finish(digest, inner, 0);
        for (int i = 0; i < blockSize; i++) {
            block[i] ^= INNER_PAD ^ OUTER_PAD;
        }
        digest.update(block, 0, blockSize);
        digest.update(inner, 0, hash.digestSize());
        Digests.finish(digest, mac, 0);
        Arrays.fill(block, (byte) 0);
        Arrays.fill(inner, (byte) 0);
    }

    private void fillBlock(MessageDigest digest, byte[] key, int blockSize) {
        Arrays.fill(block, (byte) 0);
        if (key.length <= blockSize) {
            System.arraycopy(key, 0, block, 0, key.length);
        } else {
            digest.update(key);
            Digests.finish(digest, block, 0);
        }
    }
}
