package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmAlgId;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

import java.util.Arrays;

/**
 * CMAC (SP 800-38B, ISO/IEC 9797-1 algorithm 5; Part 1, 11.4.6) over data that arrives over several commands, with a state that
 * can be saved, which no library's CMAC has.
 */
public final class ExportableCmac {
    private final BlockCipher cipher;
    private final byte[] chain;
    private final byte[] block;
    private int filled;

    private ExportableCmac(TpmAlgId algorithm, byte[] key) {
        this.cipher = switch (algorithm) {
            case AES -> AESEngine.newInstance();
            case TDES -> new DESedeEngine();
            case SM4 -> new SM4Engine();
            case CAMELLIA -> new CamelliaEngine();
            default -> throw new IllegalArgumentException(algorithm + " is no block cipher");
        };
        cipher.init(true, new KeyParameter(key));
        this.chain = new byte[cipher.getBlockSize()];
        this.block = new byte[cipher.getBlockSize()];
    }

    /** A MAC of nothing yet. */
    public static ExportableCmac start(TpmAlgId algorithm, byte[] key) {
        return new ExportableCmac(algorithm, key);
    }

    /**
     * The MAC whose {@link #export} gave {@code state}; the key is not part of the state.
     *
     * @throws IllegalArgumentException if {@code state} is no such state
     */
    public static ExportableCmac restore(TpmAlgId algorithm, byte[] key, byte[] state) {
        ExportableCmac mac = new ExportableCmac(algorithm, key);
        int blockSize = mac.chain.length;
        if (state.length < blockSize || state.length > 2 * blockSize) {
            throw new IllegalArgumentException("not a saved state of a CMAC with " + algorithm);
        }
        System.arraycopy(state, 0, mac.chain, 0, blockSize);
        mac.filled = state.length - blockSize;
        System.arraycopy(state, blockSize, mac.block, 0, mac.filled);
        return mac;
    }

    /** Adds {@code data}. */
    public void update(byte[] data) {
        update(data, 0, data.length);
    }

    /** Adds {@code length} bytes of {@code data} from {@code offset} on. */
    public void update(byte[] data, int offset, int length) {
        int done = 0;
        while (done < length) {
            // The last block is treated differently, so a full block waits until there is more.
            if (filled == block.length) {
                chainBlock();
            }
            int part = Math.min(block.length - filled, length - done);
            System.arraycopy(data, offset + done, block, filled, part);
            filled += part;
            done += part;
        }
    }

    /** The MAC of all that was added, one block of the cipher. This object is of no further use. */
    public byte[] finish() {
        byte[] subkey = new byte[block.length];
        cipher.processBlock(subkey, 0, subkey, 0);
        doubled(subkey);
        if (filled < block.length) {
            doubled(subkey);
            block[filled] = (byte) 0x80;
            Arrays.fill(block, filled + 1, block.length, (byte) 0);
        }
        for (int i = 0; i < block.length; i++) {
            block[i] ^= subkey[i];
        }
        chainBlock();
        Arrays.fill(subkey, (byte) 0);
        return chain.clone();
    }

    /** The state, for {@link #restore}: the chaining block, and the bytes of the block that is not yet chained. */
    public byte[] export() {
        byte[] state = Arrays.copyOf(chain, chain.length + filled);
        System.arraycopy(block, 0, state, chain.length, filled);
        return state;
    }

    /** Forgets the data; what the cipher made of the key is left to the garbage collector. */
    public void wipe() {
        Arrays.fill(chain, (byte) 0);
        Arrays.fill(block, (byte) 0);
    }

    private void chainBlock() {
        for (int i = 0; i < chain.length; i++) {
            chain[i] ^= block[i];
        }
        cipher.processBlock(chain, 0, chain, 0);
        filled = 0;
    }

    /** Multiplies by x in GF(2^128) or GF(2^64), without a branch on the secret. */
    private static void doubled(byte[] value) {
        int reduction = value.length == 16 ? 0x87 : 0x1B;
        int carry = -((value[0] >>> 7) & 1) & reduction;
        for (int i = 0; i < value.length - 1; i++) {
            value[i] = (byte) (value[i] << 1 | (value[i + 1] >>> 7 & 1));
        }
        value[value.length - 1] = (byte) (value[value.length - 1] << 1 ^ carry);
    }
}
