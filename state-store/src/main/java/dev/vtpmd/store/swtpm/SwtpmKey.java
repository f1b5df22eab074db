package dev.vtpmd.store.swtpm;

import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key of swtpm's {@code --key} or {@code --migration-key}: AES-CBC with 128 or 256 bits, and HMAC-SHA-256 with it too. */
public final class SwtpmKey implements AutoCloseable {
    /** How swtpm makes a key of a passphrase. */
    public enum Derivation {
        /** PBKDF2 with HMAC-SHA-512, the salt {@code swtpm} and 1000 iterations. */
        PBKDF2,
        /** The first bytes of the passphrase's SHA-512 digest. */
        SHA512
    }

    private static final int BLOCK = 16;
    private static final byte[] SALT = "swtpm".getBytes(StandardCharsets.US_ASCII);
    private static final int ITERATIONS = 1000;

    private final byte[] key;

    /**
     * A copy of {@code key}.
     *
     * @throws IllegalArgumentException if it has neither 16 nor 32 bytes
     */
    public SwtpmKey(byte[] key) {
        requireSize(key.length);
        this.key = key.clone();
    }

    /**
     * The key of a passphrase, which is the whole content of its file, line end included.
     *
     * @param size of the key in bytes: 16 (aes-128-cbc) or 32 (aes-256-cbc)
     */
    public static SwtpmKey ofPassphrase(byte[] passphrase, Derivation derivation, int size) {
        requireSize(size);
        byte[] key = switch (derivation) {
            case PBKDF2 -> pbkdf2(passphrase, size);
            case SHA512 -> sha512(passphrase, size);
        };
        try {
            return new SwtpmKey(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * The key of a key file in hexadecimal: maybe {@code 0x}, then 32 or 64 digits, up to the first white space.
     *
     * @param size of the key in bytes: 16 or 32
     * @throws IllegalArgumentException if {@code text} is not such a key of this size
     */
    public static SwtpmKey ofHexadecimal(String text, int size) {
        requireSize(size);
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        digits = digits.split("\\s", 2)[0];
        if (digits.length() != 2 * size || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "a key of " + 8 * size + " bits is written as " + 2 * size + " hexadecimal digits");
        }
        byte[] key = HexFormat.of().parseHex(digits);
        try {
            return new SwtpmKey(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Size in bytes, 16 or 32. */
    public int size() {
        return key.length;
    }

    /** Overwrites the key. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "aes-" + 8 * key.length + "-cbc key";
    }

    /** A fresh initialization vector: as many bytes as the key has, of which AES-CBC uses the first 16. */
    byte[] freshVector(SecureRandom random) {
        byte[] vector = new byte[key.length];
        random.nextBytes(vector);
        return vector;
    }

    /** Pads to a multiple of the key's length, each added byte being their number, and encrypts. */
    byte[] encrypt(byte[] vector, byte[] plaintext) {
        int padding = key.length - plaintext.length % key.length;
        byte[] padded = Arrays.copyOf(plaintext, plaintext.length + padding);
        Arrays.fill(padded, plaintext.length, padded.length, (byte) padding);
        try {
            return crypt(Cipher.ENCRYPT_MODE, vector, padded);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    /** Decrypts and takes the padding off. */
    byte[] decrypt(byte[] vector, byte[] ciphertext) throws SwtpmBlobException {
        if (ciphertext.length == 0 || ciphertext.length % BLOCK != 0) {
            throw new SwtpmBlobException(
                    SwtpmBlobException.Reason.BROKEN, "its encrypted state has " + ciphertext.length + " bytes");
        }
        byte[] padded = crypt(Cipher.DECRYPT_MODE, vector, ciphertext);
        int padding = Byte.toUnsignedInt(padded[padded.length - 1]);
        boolean correct = padding >= 1 && padding <= Math.min(key.length, padded.length);
        for (int i = 1; correct && i <= padding; i++) {
            correct = padded[padded.length - i] == padding;
        }
        if (!correct) {
            throw new SwtpmBlobException(
                    SwtpmBlobException.Reason.NOT_AUTHENTIC, "it was not encrypted with the key given");
        }
        byte[] plaintext = Arrays.copyOf(padded, padded.length - padding);
        Arrays.fill(padded, (byte) 0);
        return plaintext;
    }

    /** HMAC-SHA-256 over the ciphertext and the vector. */
    byte[] authenticate(byte[] ciphertext, byte[] vector) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(ciphertext);
            return mac.doFinal(vector);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 does not work in this Java runtime", e);
        }
    }

    private byte[] crypt(int mode, byte[] vector, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector, 0, BLOCK));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CBC does not work in this Java runtime", e);
        }
    }

    // Not the JCA's PBKDF2, which takes characters, while a passphrase here is bytes of no known character set.
    private static byte[] pbkdf2(byte[] passphrase, int size) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        generator.init(passphrase, SALT, ITERATIONS);
        return ((KeyParameter) generator.generateDerivedMacParameters(8 * size)).getKey();
    }

    private static byte[] sha512(byte[] passphrase, int size) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(passphrase), size);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-512 does not work in this Java runtime", e);
        }
    }

    private static void requireSize(int size) {
        if (size != 16 && size != 32) {
            throw new IllegalArgumentException("a key has 16 or 32 bytes, not " + size);
        }
    }
}
