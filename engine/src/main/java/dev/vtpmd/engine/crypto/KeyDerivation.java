package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The key derivation functions KDFa and KDFe (Part 1, 11.4.10), KDF2 (IEEE 1363, Part 1 annex C) and the mask generation
 * function MGF1 (RFC 8017, B.2.1).
 *
 * <p>Not safe for use by several threads.
 */
public final class KeyDerivation {
    private static final byte[] NOTHING = {};

    private final Digests digests = new Digests();
    private final Hmacs hmacs = new Hmacs();
    private final byte[] word = new byte[Integer.BYTES];

    /** KDFa without contexts. */
    public byte[] kdfa(TpmiAlgHash hash, byte[] key, KdfLabel label, int bits) {
        return kdfa(hash, key, label, NOTHING, NOTHING, bits);
    }

    /**
     * KDFa, SP 800-108 in counter mode over HMAC (Part 1, 11.4.10.2).
     *
     * @param bits how much to derive; bits that the first byte has too many are zero
     * @return bits / 8 bytes, rounded up
     */
    public byte[] kdfa(TpmiAlgHash hash, byte[] key, KdfLabel label, byte[] contextU, byte[] contextV, int bits) {
        return kdfa(hash, key, label.terminated(), contextU, contextV, bits);
    }

    /** KDFa with a label of any bytes. A zero byte follows it unless it ends in one. */
    public byte[] kdfa(TpmiAlgHash hash, byte[] key, byte[] label, byte[] contextU, byte[] contextV, int bits) {
        byte[] result = new byte[(bits + 7) / Byte.SIZE];
        byte[] block = new byte[hash.digestSize()];
        for (int done = 0, counter = 1; done < result.length; done += block.length, counter++) {
            kdfaBlock(hash, key, counter, label, contextU, contextV, bits, block);
            System.arraycopy(block, 0, result, done, Math.min(block.length, result.length - done));
        }
        Arrays.fill(block, (byte) 0);
        clearSurplusBits(result, bits);
        return result;
    }

    /** Block number {@code counter}, from 1, of a KDFa that is to give {@code bits} in all; fills {@code block}. */
    public void kdfaBlock(
            TpmiAlgHash hash,
            byte[] key,
            int counter,
            byte[] label,
            byte[] contextU,
            byte[] contextV,
            int bits,
            byte[] block) {
        MessageDigest mac = hmacs.begin(hash, key);
        updateWord(mac, counter);
        mac.update(label);
        if (label.length == 0 || label[label.length - 1] != 0) {
            mac.update((byte) 0);
        }
        mac.update(contextU);
        mac.update(contextV);
        updateWord(mac, bits);
        hmacs.end(hash, mac, block);
    }

    /**
     * KDFe, SP 800-56A's concatenation function (Part 1, 11.4.10.3).
     *
     * @param z the x coordinate of the shared point, padded to the size of the field
     * @param partyU the x coordinate of the ephemeral key, likewise
     * @param partyV the x coordinate of the static key, likewise
     * @param bits how much to derive; bits that the first byte has too many are zero
     * @return bits / 8 bytes, rounded up
     */
    public byte[] kdfe(TpmiAlgHash hash, byte[] z, KdfLabel label, byte[] partyU, byte[] partyV, int bits) {
        return kdfe(hash, z, label.terminated(), partyU, partyV, bits);
    }

    /** KDFe with a label of any bytes that ends in a zero byte. */
    byte[] kdfe(TpmiAlgHash hash, byte[] z, byte[] terminatedLabel, byte[] partyU, byte[] partyV, int bits) {
        byte[] result = concatenation(
                hash,
                1,
                (bits + 7) / Byte.SIZE,
                digest -> {
                    digest.update(z);
                    digest.update(terminatedLabel);
                    digest.update(partyU);
                    digest.update(partyV);
                },
                true);
        clearSurplusBits(result, bits);
        return result;
    }

    /** KDF2: the digests of {@code z} and a counter from 1, cut to {@code size} bytes. */
    public byte[] kdf2(TpmiAlgHash hash, byte[] z, int size) {
        return concatenation(hash, 1, size, digest -> digest.update(z), false);
    }

    /** MGF1: the digests of {@code seed} and a counter from 0, cut to {@code size} bytes. */
    public byte[] mgf1(TpmiAlgHash hash, byte[] seed, int size) {
        return concatenation(hash, 0, size, digest -> digest.update(seed), false);
    }

    private static void clearSurplusBits(byte[] result, int bits) {
        if (bits % Byte.SIZE != 0) {
            result[0] &= (byte) ((1 << bits % Byte.SIZE) - 1);
        }
    }

    private byte[] concatenation(TpmiAlgHash hash, int firstCounter, int size, Consumer content, boolean counterFirst) {
        byte[] result = new byte[size];
        byte[] block = new byte[hash.digestSize()];
        for (int done = 0, counter = firstCounter; done < size; done += block.length, counter++) {
            MessageDigest digest = digests.start(hash);
            if (counterFirst) {
                updateWord(digest, counter);
            }
            content.addTo(digest);
            if (!counterFirst) {
                updateWord(digest, counter);
            }
            Digests.finish(digest, block, 0);
            System.arraycopy(block, 0, result, done, Math.min(block.length, size - done));
        }
        Arrays.fill(block, (byte) 0);
        return result;
    }

    private void updateWord(MessageDigest digest, int value) {
        word[0] = (byte) (value >>> 24);
        word[1] = (byte) (value >>> 16);
        word[2] = (byte) (value >>> 8);
        word[3] = (byte) value;
        digest.update(word);
    }

    private interface Consumer {
        void addTo(MessageDigest digest);
    }
}
