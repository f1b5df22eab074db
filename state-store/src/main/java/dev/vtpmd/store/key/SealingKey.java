package dev.vtpmd.store.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit key that seals records with AES-256-GCM: the host key, or the data key of an instance. Its text form shows its
 * identifier alone.
 */
public final class SealingKey implements AutoCloseable {
    /** Size of a key in bytes. */
    public static final int SIZE = 32;
    /** Size of a nonce in bytes. */
    public static final int NONCE_SIZE = 12;
    /** Size of the authentication tag in bytes, which follows the ciphertext. */
    public static final int TAG_SIZE = 16;

    private final byte[] key;
    private final long id;

    /** A copy of {@code key}, which has 32 bytes. */
    public SealingKey(byte[] key) {
        if (key.length != SIZE) {
            throw new IllegalArgumentException("a key has " + SIZE + " bytes, not " + key.length);
        }
        this.key = key.clone();
        this.id = identify();
    }

    /** A fresh key. */
    public static SealingKey generate(SecureRandom random) {
        byte[] key = new byte[SIZE];
        random.nextBytes(key);
        try {
            return new SealingKey(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * The first 8 bytes, big-endian, of HMAC-SHA-256 under this key of the ASCII text {@code vtpmd key identifier}. It tells
     * keys apart and says nothing about them.
     */
    public long id() {
        return id;
    }

    /** Whether the other key is the same. */
    public boolean sameAs(SealingKey other) {
        return MessageDigest.isEqual(key, other.key);
    }

    /**
     * A key for another purpose: HMAC-SHA-256 under this key of the ASCII text {@code purpose}. It says nothing about this key. The
     * caller closes it.
     */
    public SealingKey derive(String purpose) {
        byte[] derived = authenticate(purpose);
        try {
            return new SealingKey(derived);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /** A copy of the key, for the caller to seal and then to overwrite. */
    public byte[] export() {
        return key.clone();
    }

    /**
     * Encrypts {@code plaintext} and writes it with its tag to {@code out} at {@code offset}.
     *
     * @param nonce 12 bytes, which this key must never see again
     * @param associated what is authenticated along with it
     */
    public void seal(byte[] nonce, byte[] associated, byte[] plaintext, byte[] out, int offset) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
            cipher.updateAAD(associated);
            cipher.doFinal(plaintext, 0, plaintext.length, out, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM does not work in this Java runtime", e);
        }
    }

    /**
     * Decrypts {@code length} bytes of ciphertext and tag at {@code offset}.
     *
     * @throws AEADBadTagException if they, or the associated data, are not what was sealed with this key
     */
    public byte[] open(byte[] nonce, byte[] associated, byte[] sealed, int offset, int length)
            throws AEADBadTagException {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce);
            cipher.updateAAD(associated);
            return cipher.doFinal(sealed, offset, length);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM does not work in this Java runtime", e);
        }
    }

    /** Overwrites the key. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "key " + idText(id);
    }

    /** A key's identifier as 16 hexadecimal digits, as messages show it. */
    public static String idText(long id) {
        return HexFormat.of().toHexDigits(id);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_SIZE * 8, nonce));
        return cipher;
    }

    private long identify() {
        return ByteBuffer.wrap(authenticate("vtpmd key identifier")).getLong();
    }

    private byte[] authenticate(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 does not work in this Java runtime", e);
        }
    }
}
