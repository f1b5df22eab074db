package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.jcajce.provider.digest.SM3;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One-shot digests (Part 1, 11.4.1), through the JDK's hash functions, which the JVM maps to the processor's instructions. For
 * a digest whose state is saved between commands see {@link ExportableDigest}.
 *
 * <p>Not safe for use by several threads.
 */
public final class Digests {
    private final MessageDigest[] instances = new MessageDigest[TpmiAlgHash.values().length];

    /** The digest of {@code parts} one after the other. */
    public byte[] digest(TpmiAlgHash hash, byte[]... parts) {
        MessageDigest digest = start(hash);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** The digest of {@code length} bytes of {@code data} from {@code offset} on. */
    public byte[] digest(TpmiAlgHash hash, byte[] data, int offset, int length) {
        MessageDigest digest = start(hash);
        digest.update(data, offset, length);
        return digest.digest();
    }

    /** Replaces {@code value} by the digest of {@code value} and {@code data}, as PCRs and policies are extended. */
    public void extend(TpmiAlgHash hash, byte[] value, byte[] data) {
        MessageDigest digest = start(hash);
        digest.update(value);
        digest.update(data);
        finish(digest, value, 0);
    }

    /**
     * An empty digest to which data can be added piece by piece. It is the one that this object uses for {@code hash}: finish
     * it before asking this object for another digest with the same algorithm.
     *
     * @throws IllegalArgumentException if {@code hash} is NULL
     */
    public MessageDigest start(TpmiAlgHash hash) {
        MessageDigest digest = instances[hash.ordinal()];
        if (digest == null) {
            digest = newInstance(hash);
            instances[hash.ordinal()] = digest;
        } else {
            digest.reset();
        }
        return digest;
    }

    /** Finishes {@code digest} into {@code out} from {@code offset} on, where there must be room. */
    static void finish(MessageDigest digest, byte[] out, int offset) {
        try {
            digest.digest(out, offset, digest.getDigestLength());
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for the digest", e);
        }
    }

    private static MessageDigest newInstance(TpmiAlgHash hash) {
        String name = switch (hash) {
            case SHA1 -> "SHA-1";
            case SHA256 -> "SHA-256";
            case SHA384 -> "SHA-384";
            case SHA512 -> "SHA-512";
            case SHA3_256 -> "SHA3-256";
            case SHA3_384 -> "SHA3-384";
            case SHA3_512 -> "SHA3-512";
            case SM3_256 -> null;
            case NULL -> throw new IllegalArgumentException("no hash algorithm");
        };
        try {
            return name == null ? new SM3.Digest() : MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java runtime lacks " + name, e);
        }
    }
}
