package dev.vtpmd.engine.crypto.derivation;

import dev.vtpmd.engine.crypto.CtrDrbg;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * libtpms' derivation function, which makes seed material of fixed size from input of any size. It is meant to be the block
 * cipher derivation function of SP 800-90A (10.3.2) but differs from it in three ways, which are kept because keys depend on
 * them: its three chains are not independent, the lengths are written over the first chain instead of beginning the message,
 * and the final encryption is missing.
 */
final class SeedMaterial {
    private static final int BLOCK_SIZE = 16;
    private static final int CHAINS = CtrDrbg.SEED_SIZE / BLOCK_SIZE;
    private static final int LENGTH_SIZE = 4;

    private SeedMaterial() {}

    /** {@link CtrDrbg#SEED_SIZE} bytes from the concatenation of {@code parts}. */
    static byte[] derive(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        // Four zero bytes, the input, 0x80, zeros up to a whole block.
        int size = (LENGTH_SIZE + length + 1 + BLOCK_SIZE - 1) / BLOCK_SIZE * BLOCK_SIZE;
        ByteBuffer message = ByteBuffer.allocate(size).position(LENGTH_SIZE);
        for (byte[] part : parts) {
            message.put(part);
        }
        message.put((byte) 0x80);

        Cipher cipher = cipher();
        byte[] chains = new byte[CtrDrbg.SEED_SIZE];
        for (int i = 0; i < CHAINS; i++) {
            chains[i * BLOCK_SIZE + 3] = (byte) i;
        }
        absorb(cipher, chains, new byte[BLOCK_SIZE], 0);
        ByteBuffer.wrap(chains).putInt(length).putInt(CtrDrbg.SEED_SIZE);
        for (int at = 0; at < size; at += BLOCK_SIZE) {
            absorb(cipher, chains, message.array(), at);
        }
        Arrays.fill(message.array(), (byte) 0);
        return chains;
    }

    /** Adds the block to the first chain, and each chain's sum and the block to the next chain; then encrypts all three. */
    private static void absorb(Cipher cipher, byte[] chains, byte[] message, int offset) {
        for (int i = 0; i < BLOCK_SIZE; i++) {
            byte block = message[offset + i];
            byte sum = 0;
            for (int at = i; at < chains.length; at += BLOCK_SIZE) {
                sum ^= (byte) (chains[at] ^ block);
                chains[at] = sum;
            }
        }
        try {
            cipher.update(chains, 0, chains.length, chains, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** AES-256 under the fixed key 00 01 .. 1F. */
    private static Cipher cipher() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java runtime lacks AES", e);
        }
    }
}
