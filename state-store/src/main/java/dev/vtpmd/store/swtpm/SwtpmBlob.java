package dev.vtpmd.store.swtpm;

import dev.vtpmd.store.swtpm.SwtpmBlobException.Reason;
import dev.vtpmd.store.swtpm.TaggedValues.Tag;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * swtpm's wrapping of a TPM's state, as its files and the control channel's CMD_GET_STATEBLOB and CMD_SET_STATEBLOB have it.
 *
 * <p>A header of 10 bytes, big-endian: version (1), lowest version that can read it (1), header size (2), flags (2), size of
 * the blob (4). Then tagged values. State encrypted with a file key has tags 2 (ciphertext), 3 (HMAC) and 6 (vector); a
 * migration blob has the values of a file once more inside a value with tag 4, or inside 5, encrypted with the migration
 * key, with its own HMAC (3) and vector (7).
 */
public final class SwtpmBlob {
    /** The largest blob that the control channel takes, in bytes. */
    public static final int MAXIMUM_SIZE = 512 << 10;

    static final int FLAG_ENCRYPTED = 0x01;
    static final int FLAG_MIGRATION_ENCRYPTED = 0x02;
    static final int FLAG_MIGRATION = 0x04;
    static final int FLAG_256_BIT = 0x08;
    static final int FLAG_MIGRATION_256_BIT = 0x10;

    private static final int VERSION = 2;
    private static final int OLDEST_READER = 1;
    private static final int HEADER_SIZE = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SwtpmBlob() {}

    /**
     * The content of a state file. Without a key, a digest is added that swtpm passes over, so that damage is noticed; with a
     * key, the HMAC sees to that.
     */
    public static byte[] seal(byte[] state, Optional<SwtpmKey> fileKey) {
        if (fileKey.isEmpty()) {
            TaggedValues values = new TaggedValues().with(Tag.STATE, state).with(Tag.STATE_DIGEST, digest(state));
            return withHeader(0, values.encode());
        }
        return withHeader(fileFlags(fileKey), inner(state, fileKey));
    }

    /**
     * The state in the content of a state file.
     *
     * @throws SwtpmBlobException if it is damaged, or encrypted where there is no key, or not encrypted where there is one
     */
    public static byte[] open(byte[] blob, Optional<SwtpmKey> fileKey) throws SwtpmBlobException {
        Header header = Header.read(blob);
        if (header.has(FLAG_MIGRATION)) {
            throw new SwtpmBlobException(Reason.BROKEN, "it is a blob for migration, not a state file");
        }
        return openState(header, blob, HEADER_SIZE, fileKey);
    }

    /**
     * The blob that CMD_GET_STATEBLOB gives.
     *
     * @param fileKey the key that the state stays encrypted with on its way
     * @param migrationKey the key that all of it is encrypted with in addition
     */
    public static byte[] sealForMigration(byte[] state, Optional<SwtpmKey> fileKey, Optional<SwtpmKey> migrationKey) {
        byte[] inner = inner(state, fileKey);
        int flags = FLAG_MIGRATION | fileFlags(fileKey);
        if (migrationKey.isEmpty()) {
            return withHeader(
                    flags, new TaggedValues().with(Tag.MIGRATION, inner).encode());
        }
        SwtpmKey key = migrationKey.get();
        flags |= FLAG_MIGRATION_ENCRYPTED | (key.size() == 32 ? FLAG_MIGRATION_256_BIT : 0);
        return withHeader(
                flags,
                encrypted(key, inner, Tag.ENCRYPTED_MIGRATION, Tag.MIGRATION_VECTOR)
                        .encode());
    }

    /**
     * The state in a blob that CMD_SET_STATEBLOB brings: one for migration, or the content of a state file. A blob that is
     * not encrypted with the migration key is taken although there is one.
     *
     * @throws SwtpmBlobException if it is damaged, or a key that it was encrypted with is missing
     */
    public static byte[] openFromMigration(byte[] blob, Optional<SwtpmKey> fileKey, Optional<SwtpmKey> migrationKey)
            throws SwtpmBlobException {
        Header header = Header.read(blob);
        if (!header.has(FLAG_MIGRATION)) {
            return openState(header, blob, HEADER_SIZE, header.has(FLAG_ENCRYPTED) ? fileKey : Optional.empty());
        }
        TaggedValues outer = TaggedValues.read(blob, HEADER_SIZE);
        byte[] inner;
        if (header.has(FLAG_MIGRATION_ENCRYPTED)) {
            SwtpmKey key = required(migrationKey, header.has(FLAG_MIGRATION_256_BIT), "migration key");
            inner = decrypted(key, outer, Tag.ENCRYPTED_MIGRATION, Tag.MIGRATION_VECTOR);
        } else {
            inner = outer.get(Tag.MIGRATION);
        }
        return openState(header, inner, 0, header.has(FLAG_ENCRYPTED) ? fileKey : Optional.empty());
    }

    /** Whether a blob that comes from migration says that it is encrypted with a migration key. */
    public static boolean isEncryptedForMigration(byte[] blob) throws SwtpmBlobException {
        Header header = Header.read(blob);
        return header.has(FLAG_MIGRATION) && header.has(FLAG_MIGRATION_ENCRYPTED);
    }

    /** Whether the blob holds nothing but its header, which stands for no state. */
    public static boolean isEmpty(byte[] blob) {
        return blob.length <= HEADER_SIZE;
    }

    private static byte[] inner(byte[] state, Optional<SwtpmKey> fileKey) {
        return fileKey.map(key -> encrypted(key, state, Tag.ENCRYPTED_STATE, Tag.VECTOR))
                .orElseGet(() -> new TaggedValues().with(Tag.STATE, state))
                .encode();
    }

    private static TaggedValues encrypted(SwtpmKey key, byte[] plaintext, Tag content, Tag vector) {
        byte[] iv = key.freshVector(RANDOM);
        byte[] ciphertext = key.encrypt(iv, plaintext);
        return new TaggedValues()
                .with(content, ciphertext)
                .with(Tag.HMAC, key.authenticate(ciphertext, iv))
                .with(vector, iv);
    }

    private static byte[] decrypted(SwtpmKey key, TaggedValues values, Tag content, Tag vector)
            throws SwtpmBlobException {
        byte[] ciphertext = values.get(content);
        // The first writers of this format had a vector of zeros, and did not store or authenticate it.
        byte[] authenticated = values.has(vector) ? values.get(vector) : new byte[0];
        if (!MessageDigest.isEqual(values.get(Tag.HMAC), key.authenticate(ciphertext, authenticated))) {
            throw new SwtpmBlobException(
                    Reason.NOT_AUTHENTIC, "it is damaged, or encrypted with another key than the one given");
        }
        if (values.has(vector) && authenticated.length < 16) {
            throw new SwtpmBlobException(Reason.BROKEN, "its initialization vector is too short");
        }
        return key.decrypt(values.has(vector) ? authenticated : new byte[16], ciphertext);
    }

    private static byte[] openState(Header header, byte[] values, int offset, Optional<SwtpmKey> fileKey)
            throws SwtpmBlobException {
        if (!header.has(FLAG_ENCRYPTED) && fileKey.isPresent()) {
            throw new SwtpmBlobException(Reason.BROKEN, "it is not encrypted, although there is a key");
        }
        if (header.version() == 1) {
            return openOldest(header, Arrays.copyOfRange(values, offset, values.length), fileKey);
        }
        TaggedValues tagged = TaggedValues.read(values, offset);
        if (header.has(FLAG_ENCRYPTED)) {
            SwtpmKey key = required(fileKey, header.has(FLAG_256_BIT), "key");
            return decrypted(key, tagged, Tag.ENCRYPTED_STATE, Tag.VECTOR);
        }
        byte[] state = tagged.get(Tag.STATE);
        if (tagged.has(Tag.STATE_DIGEST) && !Arrays.equals(tagged.get(Tag.STATE_DIGEST), digest(state))) {
            throw new SwtpmBlobException(Reason.BROKEN, "it is damaged: its digest does not fit its content");
        }
        return state;
    }

    /** Version 1: no tagged values; encrypted, SHA-256 of the state and the state under a vector of zeros. */
    private static byte[] openOldest(Header header, byte[] body, Optional<SwtpmKey> fileKey) throws SwtpmBlobException {
        if (!header.has(FLAG_ENCRYPTED)) {
            return body;
        }
        SwtpmKey key = required(fileKey, header.has(FLAG_256_BIT), "key");
        byte[] content = key.decrypt(new byte[16], body);
        int digestSize = 32;
        if (content.length < digestSize
                || !MessageDigest.isEqual(
                        Arrays.copyOf(content, digestSize),
                        digest(Arrays.copyOfRange(content, digestSize, content.length)))) {
            throw new SwtpmBlobException(
                    Reason.NOT_AUTHENTIC, "it is damaged, or encrypted with another key than the one given");
        }
        return Arrays.copyOfRange(content, digestSize, content.length);
    }

    private static SwtpmKey required(Optional<SwtpmKey> key, boolean bits256, String name) throws SwtpmBlobException {
        if (key.isEmpty()) {
            throw new SwtpmBlobException(Reason.KEY_MISSING, "it is encrypted, and no " + name + " was given");
        }
        if ((key.get().size() == 32) != bits256) {
            throw new SwtpmBlobException(
                    Reason.KEY_LENGTH, "it is encrypted with a " + name + " of " + (bits256 ? 256 : 128) + " bits");
        }
        return key.get();
    }

    private static int fileFlags(Optional<SwtpmKey> fileKey) {
        return fileKey.map(key -> FLAG_ENCRYPTED | (key.size() == 32 ? FLAG_256_BIT : 0))
                .orElse(0);
    }

    private static byte[] withHeader(int flags, byte[] body) {
        return ByteBuffer.allocate(HEADER_SIZE + body.length)
                .put((byte) VERSION)
                .put((byte) OLDEST_READER)
                .putShort((short) HEADER_SIZE)
                .putShort((short) flags)
                .putInt(HEADER_SIZE + body.length)
                .put(body)
                .array();
    }

    private static byte[] digest(byte[] state) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(state);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 does not work in this Java runtime", e);
        }
    }

    private record Header(int version, int flags) {
        static Header read(byte[] blob) throws SwtpmBlobException {
            if (blob.length < HEADER_SIZE) {
                throw new SwtpmBlobException(Reason.BROKEN, "it is too short for a header");
            }
            ByteBuffer in = ByteBuffer.wrap(blob);
            int version = Byte.toUnsignedInt(in.get());
            int oldestReader = Byte.toUnsignedInt(in.get());
            int headerSize = Short.toUnsignedInt(in.getShort());
            int flags = Short.toUnsignedInt(in.getShort());
            long size = Integer.toUnsignedLong(in.getInt());
            if (oldestReader > VERSION) {
                throw new SwtpmBlobException(
                        Reason.VERSION,
                        "it wants a reader of version " + oldestReader + ", and this release reads up to " + VERSION);
            }
            if (headerSize != HEADER_SIZE) {
                throw new SwtpmBlobException(Reason.HEADER_SIZE, "its header has " + headerSize + " bytes");
            }
            if (size != blob.length) {
                throw new SwtpmBlobException(
                        Reason.BROKEN, "it has " + blob.length + " bytes, and should have " + size);
            }
            return new Header(version, flags);
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }
}
