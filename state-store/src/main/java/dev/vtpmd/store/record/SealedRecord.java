package dev.vtpmd.store.record;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.ForeignFileException;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.key.SealingKey;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;

/**
 * A record that has been read and found authentic.
 *
 * @param generation its generation
 * @param content what was sealed, or empty if the record says that there is nothing any more
 * @param extent how many bytes at the beginning of the file the record takes; the rest is zero
 */
record SealedRecord(long generation, Optional<byte[]> content, int extent) {
    /** No state of a TPM is near this size; it bounds what a damaged file can make the store read. */
    static final int MAXIMUM_FILE_SIZE = 64 << 20;

    /** What a record with {@code length} bytes of content takes. */
    static int extent(int length) {
        return RecordHeader.SIZE + length + SealingKey.TAG_SIZE;
    }

    /** The bytes of a record with the given header and content. */
    static byte[] encode(RecordHeader header, byte[] content, SealingKey key) {
        byte[] head = header.encode();
        byte[] record = new byte[extent(content.length)];
        System.arraycopy(head, 0, record, 0, head.length);
        key.seal(header.nonce(), head, content, record, head.length);
        return record;
    }

    /**
     * Reads the record that {@code bytes}, what {@code file} contains, should be.
     *
     * @param instance whose record it should be
     * @param slot 0 or 1: the slot that the file is
     * @param keys one of which it should be sealed with
     */
    static SealedRecord decode(Path file, byte[] bytes, RecordKind kind, UUID instance, int slot, List<SealingKey> keys)
            throws StateStoreException {
        RecordHeader header = RecordHeader.decode(file, bytes);
        requirePlace(file, header, kind, instance, slot);
        SealingKey key = keyOf(file, header, keys);
        if (header.capacity() != bytes.length
                || header.length() < 0
                || header.length() > bytes.length - extent(0)
                || bytes.length > MAXIMUM_FILE_SIZE) {
            throw new DamagedFileException(
                    file, "is damaged: it has " + bytes.length + " bytes and should have " + header.capacity());
        }
        int extent = extent(header.length());
        for (int i = extent; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                throw new DamagedFileException(file, "is damaged: something stands behind its record");
            }
        }
        byte[] content = authentic(file, header, bytes, key);
        return new SealedRecord(
                header.generation(), header.deleted() ? Optional.empty() : Optional.of(content), extent);
    }

    private static void requirePlace(Path file, RecordHeader header, RecordKind kind, UUID instance, int slot)
            throws ForeignFileException {
        if (!instance.equals(header.instance())) {
            throw new ForeignFileException(file, "belongs to instance " + header.instance() + ", not to " + instance);
        }
        if (header.kind() != kind) {
            throw new ForeignFileException(
                    file, "holds a " + header.kind().title() + ", where a " + kind.title() + " belongs");
        }
        if ((header.generation() & 1) != slot) {
            throw new ForeignFileException(
                    file, "is a copy of " + kind.fileName(1 - slot) + ", which does not belong here");
        }
    }

    private static SealingKey keyOf(Path file, RecordHeader header, List<SealingKey> keys) throws WrongKeyException {
        for (SealingKey key : keys) {
            if (key.id() == header.keyId()) {
                return key;
            }
        }
        boolean byHostKey = switch (header.kind()) {
            case STORE, DATA_KEY, REGISTER, REGISTER_CHANGES, AUTHORITY -> true;
            default -> false;
        };
        throw new WrongKeyException(
                file,
                "is sealed with another " + (byHostKey ? "host key" : "data key") + " ("
                        + SealingKey.idText(header.keyId()) + ") than the one in use ("
                        + SealingKey.idText(keys.getFirst().id()) + ")");
    }

    private static byte[] authentic(Path file, RecordHeader header, byte[] bytes, SealingKey key)
            throws DamagedFileException {
        byte[] associated = Arrays.copyOf(bytes, RecordHeader.SIZE);
        try {
            return key.open(
                    header.nonce(), associated, bytes, RecordHeader.SIZE, header.length() + SealingKey.TAG_SIZE);
        } catch (AEADBadTagException e) {
            throw new DamagedFileException(file, "is damaged: its content is not what was stored");
        }
    }
}
