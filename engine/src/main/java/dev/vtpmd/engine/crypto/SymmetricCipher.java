package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmAlgId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Block ciphers in the modes of a TPM (Part 1, 11.4.7): AES and TDES through the JDK, SM4 and Camellia through Bouncy Castle. No
 * mode pads; CFB feeds back whole blocks.
 *
 * <p>Callers check sizes of IV and data first; a wrong one is an {@link IllegalArgumentException}.
 *
 * <p>Not safe for use by several threads.
 */
public final class SymmetricCipher {
    private static final int TDES_THREE_KEYS = 24;

    private final Map<Transformation, Cipher> ciphers = new HashMap<>();

    /**
     * What an operation gives.
     *
     * @param data as long as the data that went in
     * @param iv the IV for more data of the same message, see {@link #encrypt}; empty for ECB
     */
    public record Output(byte[] data, byte[] iv) {
        @Override
        public String toString() {
            return "Output[" + data.length + " bytes]";
        }
    }

    /** Size in bytes of a block, and so of an IV. */
    public static int blockSize(TpmAlgId algorithm) {
        return switch (algorithm) {
            case AES, SM4, CAMELLIA -> 16;
            case TDES -> 8;
            default -> throw new IllegalArgumentException(algorithm + " is no block cipher");
        };
    }

    /**
     * Encrypts as TPM2_EncryptDecrypt2 does (Part 3, 15.3). The IV that is returned continues the message: of CBC and CFB the
     * last block of ciphertext, of OFB the last block of key stream, of CTR the counter after the last block. Where CFB ends
     * within a block, the block's ciphertext is completed by its unused key stream, as in libtpms. No data: the IV that was given.
     *
     * @param mode CTR, OFB, CBC, CFB or ECB
     * @param iv one block; empty for ECB
     * @param data for CBC and ECB whole blocks
     */
    public Output encrypt(TpmAlgId algorithm, TpmAlgId mode, byte[] key, byte[] iv, byte[] data) {
        return process(new Transformation(algorithm, mode), true, key, iv, data);
    }

    /** Decrypts; the other side of {@link #encrypt}, with the same IV returned. */
    public Output decrypt(TpmAlgId algorithm, TpmAlgId mode, byte[] key, byte[] iv, byte[] data) {
        return process(new Transformation(algorithm, mode), false, key, iv, data);
    }

    /** Encrypts {@code length} bytes of {@code data} from {@code offset} on in place, in CFB mode. */
    public void encryptCfb(TpmAlgId algorithm, byte[] key, byte[] iv, byte[] data, int offset, int length) {
        byte[] keyStream = cfbKeyStream(algorithm, true, key, iv, data, offset, length);
        add(keyStream, data, offset, length);
        Arrays.fill(keyStream, (byte) 0);
    }

    /** Decrypts {@code length} bytes of {@code data} from {@code offset} on in place, in CFB mode. */
    public void decryptCfb(TpmAlgId algorithm, byte[] key, byte[] iv, byte[] data, int offset, int length) {
        byte[] keyStream = cfbKeyStream(algorithm, false, key, iv, data, offset, length);
        add(keyStream, data, offset, length);
        Arrays.fill(keyStream, (byte) 0);
    }

    private Output process(Transformation transformation, boolean encrypt, byte[] key, byte[] iv, byte[] data) {
        int blockSize = blockSize(transformation.algorithm);
        boolean wholeBlocks = transformation.mode == TpmAlgId.CBC || transformation.mode == TpmAlgId.ECB;
        if (wholeBlocks && data.length % blockSize != 0) {
            throw new IllegalArgumentException("not whole blocks");
        }
        if (data.length == 0) {
            return new Output(data, iv);
        }
        // The stream modes go over whole blocks too: what follows the data is then the key stream that the IV may need.
        byte[] input = padded(data, blockSize);
        byte[] output;
        if (transformation.mode == TpmAlgId.CFB) {
            output = cfbKeyStream(transformation.algorithm, encrypt, key, iv, input, 0, input.length);
            add(input, output, 0, input.length);
        } else {
            output = transform(transformation, encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key, iv, input);
        }
        int last = input.length - blockSize;
        byte[] ivOut = switch (transformation.mode) {
            case CBC, CFB -> lastCiphertext(input, output, last, encrypt ? last : data.length);
            case OFB -> lastKeyStream(input, output, last);
            case CTR -> advanced(iv, input.length / blockSize);
            default -> iv;
        };
        if (input == data) {
            return new Output(output, ivOut);
        }
        byte[] cut = Arrays.copyOf(output, data.length);
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
        return new Output(cut, ivOut);
    }

    /** {@code data} itself if it is whole blocks. */
    private static byte[] padded(byte[] data, int blockSize) {
        int over = data.length % blockSize;
        return over == 0 ? data : Arrays.copyOf(data, data.length + blockSize - over);
    }

    /**
     * What CFB adds to the data, by modes that providers carry out in one go with the processor's instructions, as they do not do
     * CFB. The key stream is made of the IV and all blocks of ciphertext but the last: E(IV), E(C1), E(C2)... Of ciphertext that
     * is its encryption in ECB mode. Of plaintext it is, as C1 = P1 + E(IV), its encryption in CBC mode with an IV of zero.
     *
     * @param encrypt whether {@code data} is plaintext
     * @return whole blocks, enough for {@code length} bytes
     */
    private byte[] cfbKeyStream(
            TpmAlgId algorithm, boolean encrypt, byte[] key, byte[] iv, byte[] data, int offset, int length) {
        int blockSize = blockSize(algorithm);
        if (iv.length != blockSize) {
            throw new IllegalArgumentException("the IV is no block");
        }
        byte[] blocks = new byte[(length + blockSize - 1) / blockSize * blockSize];
        if (length == 0) {
            return blocks;
        }
        System.arraycopy(iv, 0, blocks, 0, blockSize);
        System.arraycopy(data, offset, blocks, blockSize, blocks.length - blockSize);
        Transformation mode = new Transformation(algorithm, encrypt ? TpmAlgId.CBC : TpmAlgId.ECB);
        byte[] keyStream = transform(mode, Cipher.ENCRYPT_MODE, key, new byte[blockSize], blocks);
        Arrays.fill(blocks, (byte) 0);
        return keyStream;
    }

    /** Adds {@code bytes} to those of {@code sum} from {@code offset} on, bit by bit. */
    private static void add(byte[] bytes, byte[] sum, int offset, int length) {
        for (int i = 0; i < length; i++) {
            sum[offset + i] ^= bytes[i];
        }
    }

    /** The block from {@code start} on, of {@code input} up to its byte {@code inputEnd} and of {@code output} after it. */
    private static byte[] lastCiphertext(byte[] input, byte[] output, int start, int inputEnd) {
        byte[] block = Arrays.copyOfRange(output, start, output.length);
        System.arraycopy(input, start, block, 0, inputEnd - start);
        return block;
    }

    private static byte[] lastKeyStream(byte[] input, byte[] output, int start) {
        byte[] block = Arrays.copyOfRange(output, start, output.length);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= input[start + i];
        }
        return block;
    }

    /** {@code counter}, one big-endian integer of the block's size, plus {@code blocks}. */
    private static byte[] advanced(byte[] counter, int blocks) {
        byte[] result = counter.clone();
        long carry = blocks;
        for (int i = result.length - 1; i >= 0 && carry != 0; i--) {
            carry += result[i] & 0xFF;
            result[i] = (byte) carry;
            carry >>>= Byte.SIZE;
        }
        return result;
    }

    private byte[] transform(Transformation transformation, int direction, byte[] key, byte[] iv, byte[] data) {
        try {
            Cipher cipher = ciphers.get(transformation);
            if (cipher == null) {
                cipher = transformation.newCipher();
                ciphers.put(transformation, cipher);
            }
            SecretKeySpec keySpec = new SecretKeySpec(transformation.expand(key), transformation.cipherName());
            if (transformation.mode == TpmAlgId.ECB) {
                cipher.init(direction, keySpec);
            } else {
                cipher.init(direction, keySpec, new IvParameterSpec(iv));
            }
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("wrong size of key, IV or data", e);
        }
    }

    /** Bouncy Castle's provider, made when the first algorithm asks for it that the JDK does not have. */
    private static final class BouncyCastle {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    private record Transformation(TpmAlgId algorithm, TpmAlgId mode) {
        Cipher newCipher() throws GeneralSecurityException {
            String name = cipherName() + '/' + mode + "/NoPadding";
            boolean inJdk = algorithm == TpmAlgId.AES || algorithm == TpmAlgId.TDES;
            return inJdk ? Cipher.getInstance(name, "SunJCE") : Cipher.getInstance(name, BouncyCastle.PROVIDER);
        }

        String cipherName() {
            return switch (algorithm) {
                case AES -> "AES";
                case TDES -> "DESede";
                case SM4 -> "SM4";
                case CAMELLIA -> "Camellia";
                default -> throw new IllegalArgumentException(algorithm + " is no block cipher");
            };
        }

        /** A TDES key of two parts uses the first again as its third. */
        byte[] expand(byte[] key) {
            if (algorithm != TpmAlgId.TDES || key.length == TDES_THREE_KEYS) {
                return key;
            }
            byte[] three = Arrays.copyOf(key, TDES_THREE_KEYS);
            System.arraycopy(key, 0, three, key.length, TDES_THREE_KEYS - key.length);
            return three;
        }
    }
}
