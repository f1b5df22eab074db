package dev.vtpmd.engine.tss;

import org.bouncycastle.jce.provider.BouncyCastleProvider;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Hash, HMAC, KDFa and parameter encryption of one hash algorithm, as a client computes them. */
public final class TssCrypto {
    /** SHA-1. */
    public static final TssCrypto SHA1 = new TssCrypto(0x0004, "SHA-1", "HmacSHA1", 20);
    /** SHA-256. */
    public static final TssCrypto SHA256 = new TssCrypto(0x000B, "SHA-256", "HmacSHA256", 32);
    /** SHA-384. */
    public static final TssCrypto SHA384 = new TssCrypto(0x000C, "SHA-384", "HmacSHA384", 48);

    /** SM3. */
    public static final TssCrypto SM3 = new TssCrypto(0x0012, "SM3", "HMACSM3", 32);
    /** SHA3-256. */
    public static final TssCrypto SHA3_256 = new TssCrypto(0x0027, "SHA3-256", "HmacSHA3-256", 32);
    /** SHA3-384. */
    public static final TssCrypto SHA3_384 = new TssCrypto(0x0028, "SHA3-384", "HmacSHA3-384", 48);
    /** SHA3-512. */
    public static final TssCrypto SHA3_512 = new TssCrypto(0x0029, "SHA3-512", "HmacSHA3-512", 64);

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final int algorithm;
    private final String digestName;
    private final String macName;
    private final int digestSize;

    private TssCrypto(int algorithm, String digestName, String macName, int digestSize) {
        this.algorithm = algorithm;
        this.digestName = digestName;
        this.macName = macName;
        this.digestSize = digestSize;
    }

    /** TPM_ALG_ID of the hash. */
    public int algorithm() {
        return algorithm;
    }

    /** Size of a digest, in bytes. */
    public int digestSize() {
        return digestSize;
    }

    /** The hash of all parts. */
    public byte[] digest(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(digestName, BOUNCY_CASTLE);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The HMAC of all parts. */
    public byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(macName, BOUNCY_CASTLE);
            // The JDK takes no empty key; one zero byte is padded to the same block.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, macName));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** KDFa (Part 1, 11.4.10.2); {@code bits} is a multiple of 8. */
    public byte[] kdfa(byte[] key, String label, byte[] contextU, byte[] contextV, int bits) {
        byte[] labelled = (label + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int counter = 1; out.size() < bits / Byte.SIZE; counter++) {
            out.writeBytes(hmac(key, uint32(counter), labelled, contextU, contextV, uint32(bits)));
        }
        return Arrays.copyOf(out.toByteArray(), bits / Byte.SIZE);
    }

    /** XOR obfuscation (Part 1, 11.4.7.2), both ways. */
    public byte[] xor(byte[] data, byte[] key, byte[] nonceNewer, byte[] nonceOlder) {
        byte[] mask = kdfa(key, "XOR", nonceNewer, nonceOlder, data.length * Byte.SIZE);
        byte[] result = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            result[i] = (byte) (data[i] ^ mask[i]);
        }
        return result;
    }

    /**
     * A block cipher in CFB mode as sessions use it (Part 1, 21.3).
     *
     * @param algorithm as TPM_ALG_ID
     */
    public byte[] cfb(
            int algorithm, int mode, int keyBits, byte[] data, byte[] key, byte[] nonceNewer, byte[] nonceOlder) {
        String name = switch (algorithm) {
            case 0x0003 -> "DESede";
            case 0x0006 -> "AES";
            case 0x0013 -> "SM4";
            case 0x0026 -> "Camellia";
            default -> throw new AssertionError("no block cipher has the identifier " + algorithm);
        };
        try {
            Cipher cipher = Cipher.getInstance(name + "/CFB/NoPadding", BOUNCY_CASTLE);
            int blockSize = cipher.getBlockSize();
            byte[] keyAndIv = kdfa(key, "CFB", nonceNewer, nonceOlder, keyBits + blockSize * Byte.SIZE);
            int keySize = keyBits / Byte.SIZE;
            cipher.init(
                    mode,
                    new SecretKeySpec(keyAndIv, 0, keySize, name),
                    new IvParameterSpec(keyAndIv, keySize, blockSize));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] uint32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** All parts, one behind the other. */
    public static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
