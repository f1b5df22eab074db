package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.crypto.ExtendedDigest;
import org.bouncycastle.crypto.digests.EncodableDigest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * A digest of data that arrives over several commands. Unlike the JDK's digests its state can be saved and restored, as the
 * contexts of sequence objects need (Part 1, 30.3 and 32). The state is that of the data so far, so it is as secret as they are.
 */
public final class ExportableDigest {
    /** More than any of the digests keeps of its data, which is 80 words of 8 bytes. */
    private static final int TRIAL_SIZE = 1024;

    private final TpmiAlgHash hash;
    private final ExtendedDigest digest;

    private ExportableDigest(TpmiAlgHash hash, ExtendedDigest digest) {
        this.hash = hash;
        this.digest = digest;
    }

    /**
     * A digest of nothing yet.
     *
     * @throws IllegalArgumentException if {@code hash} is NULL
     */
    public static ExportableDigest start(TpmiAlgHash hash) {
        return new ExportableDigest(hash, newDigest(hash));
    }

    /**
     * The digest whose {@link #export} gave {@code state}.
     *
     * @throws IllegalArgumentException if {@code state} is no such state
     */
    public static ExportableDigest restore(TpmiAlgHash hash, byte[] state) {
        try {
            // Positions in a state are taken as they are, and wrong ones seen only when data passes them.
            ExtendedDigest trial = restored(hash, state);
            trial.update(new byte[TRIAL_SIZE], 0, TRIAL_SIZE);
            trial.doFinal(new byte[hash.digestSize()], 0);
            return new ExportableDigest(hash, restored(hash, state));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a saved state of " + hash, e);
        }
    }

    /** The hash algorithm. */
    public TpmiAlgHash hash() {
        return hash;
    }

    /** Adds {@code data}. */
    public void update(byte[] data) {
        update(data, 0, data.length);
    }

    /** Adds {@code length} bytes of {@code data} from {@code offset} on. */
    public void update(byte[] data, int offset, int length) {
        digest.update(data, offset, length);
    }

    /** The digest of all that was added; afterwards this is a digest of nothing again. */
    public byte[] finish() {
        byte[] result = new byte[hash.digestSize()];
        digest.doFinal(result, 0);
        return result;
    }

    /** The state, for {@link #restore}. Its length depends on the algorithm and on how much data there was. */
    public byte[] export() {
        return ((EncodableDigest) digest).getEncodedState();
    }

    /** Forgets the data. */
    public void wipe() {
        digest.reset();
    }

    /** An empty digest for Bouncy Castle's other algorithms, or for this class; every one is an EncodableDigest. */
    static ExtendedDigest newDigest(TpmiAlgHash hash) {
        return switch (hash) {
            case SHA1 -> new SHA1Digest();
            case SHA256 -> new SHA256Digest();
            case SHA384 -> new SHA384Digest();
            case SHA512 -> new SHA512Digest();
            case SHA3_256, SHA3_384, SHA3_512 -> new SHA3Digest(hash.digestSize() * Byte.SIZE);
            case SM3_256 -> new Sm3Digest();
            case NULL -> throw new IllegalArgumentException("no hash algorithm");
        };
    }

    private static ExtendedDigest restored(TpmiAlgHash hash, byte[] state) {
        return switch (hash) {
            case SHA1 -> new SHA1Digest(state);
            case SHA256 -> new SHA256Digest(state);
            case SHA384 -> new SHA384Digest(state);
            case SHA512 -> new SHA512Digest(state);
            case SHA3_256, SHA3_384, SHA3_512 -> restoreSha3(hash, state);
            case SM3_256 -> new Sm3Digest(state);
            case NULL -> throw new IllegalArgumentException("no hash algorithm");
        };
    }

    private static SHA3Digest restoreSha3(TpmiAlgHash hash, byte[] state) {
        SHA3Digest digest = new SHA3Digest(state);
        if (digest.getDigestSize() != hash.digestSize()) {
            throw new IllegalArgumentException("another size of SHA-3");
        }
        return digest;
    }
}
