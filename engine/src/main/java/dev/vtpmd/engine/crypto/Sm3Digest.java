package dev.vtpmd.engine.crypto;

import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** SM3 (GB/T 32905-2016, ISO/IEC 10118-3) with a state that can be saved, which Bouncy Castle's own SM3 has not. */
final class Sm3Digest implements ExtendedDigest, EncodableDigest {
    private static final int DIGEST_SIZE = 32;
    private static final int BLOCK_SIZE = 64;
    private static final int WORDS = DIGEST_SIZE / Integer.BYTES;
    private static final int[] INITIAL = {
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E
    };

    private final int[] chain = INITIAL.clone();
    private final byte[] block = new byte[BLOCK_SIZE];
    private final int[] expanded = new int[68];
    private long length;

    Sm3Digest() {}

    /** Restores what {@link #getEncodedState} gave. */
    Sm3Digest(byte[] state) {
        ByteBuffer in = ByteBuffer.wrap(state);
        length = in.getLong();
        for (int i = 0; i < WORDS; i++) {
            chain[i] = in.getInt();
        }
        in.get(block, 0, filled());
        if (in.hasRemaining() || length < 0) {
            throw new IllegalArgumentException("not an SM3 state");
        }
    }

    /** Number of bytes so far (64 bits), chaining value, the bytes of the unfinished block. */
    @Override
    public byte[] getEncodedState() {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + DIGEST_SIZE + filled());
        out.putLong(length);
        for (int word : chain) {
            out.putInt(word);
        }
        return out.put(block, 0, filled()).array();
    }

    @Override
    public String getAlgorithmName() {
        return "SM3";
    }

    @Override
    public int getDigestSize() {
        return DIGEST_SIZE;
    }

    @Override
    public int getByteLength() {
        return BLOCK_SIZE;
    }

    @Override
    public void update(byte in) {
        block[filled()] = in;
        length++;
        if (filled() == 0) {
            compress();
        }
    }

    @Override
    public void update(byte[] in, int offset, int count) {
        int done = 0;
        while (done < count) {
            int part = Math.min(BLOCK_SIZE - filled(), count - done);
            System.arraycopy(in, offset + done, block, filled(), part);
            length += part;
            done += part;
            if (filled() == 0) {
                compress();
            }
        }
    }

    @Override
    public int doFinal(byte[] out, int offset) {
        long bits = length * Byte.SIZE;
        update((byte) 0x80);
        while (filled() != BLOCK_SIZE - Long.BYTES) {
            update((byte) 0);
        }
        update(ByteBuffer.allocate(Long.BYTES).putLong(bits).array(), 0, Long.BYTES);
        ByteBuffer digest = ByteBuffer.wrap(out, offset, DIGEST_SIZE);
        for (int word : chain) {
            digest.putInt(word);
        }
        reset();
        return DIGEST_SIZE;
    }

    @Override
    public void reset() {
        System.arraycopy(INITIAL, 0, chain, 0, WORDS);
        Arrays.fill(block, (byte) 0);
        Arrays.fill(expanded, 0);
        length = 0;
    }

    private int filled() {
        return (int) (length % BLOCK_SIZE);
    }

    private void expand() {
        ByteBuffer in = ByteBuffer.wrap(block);
        for (int i = 0; i < 16; i++) {
            expanded[i] = in.getInt();
        }
        for (int i = 16; i < expanded.length; i++) {
            int mixed = expanded[i - 16] ^ expanded[i - 9] ^ Integer.rotateLeft(expanded[i - 3], 15);
            int permuted = mixed ^ Integer.rotateLeft(mixed, 15) ^ Integer.rotateLeft(mixed, 23);
            expanded[i] = permuted ^ Integer.rotateLeft(expanded[i - 13], 7) ^ expanded[i - 6];
        }
    }

    /** The compression function; variables are named as in the standard. */
    private void compress() {
        expand();
        int a = chain[0];
        int b = chain[1];
        int c = chain[2];
        int d = chain[3];
        int e = chain[4];
        int f = chain[5];
        int g = chain[6];
        int h = chain[7];
        for (int j = 0; j < 64; j++) {
            boolean early = j < 16;
            int t = early ? 0x79CC4519 : 0x7A879D8A;
            int ss1 = Integer.rotateLeft(Integer.rotateLeft(a, 12) + e + Integer.rotateLeft(t, j), 7);
            int ss2 = ss1 ^ Integer.rotateLeft(a, 12);
            int ff = early ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
            int gg = early ? e ^ f ^ g : (e & f) | (~e & g);
            int tt1 = ff + d + ss2 + (expanded[j] ^ expanded[j + 4]);
            int tt2 = gg + h + ss1 + expanded[j];
            d = c;
            c = Integer.rotateLeft(b, 9);
            b = a;
            a = tt1;
            h = g;
            g = Integer.rotateLeft(f, 19);
            f = e;
            e = tt2 ^ Integer.rotateLeft(tt2, 9) ^ Integer.rotateLeft(tt2, 17);
        }
        chain[0] ^= a;
        chain[1] ^= b;
        chain[2] ^= c;
        chain[3] ^= d;
        chain[4] ^= e;
        chain[5] ^= f;
        chain[6] ^= g;
        chain[7] ^= h;
    }
}
