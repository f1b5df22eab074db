package dev.vtpmd.store.record;

import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A file of the store by itself, for looking at it: what its header says without a key, and its content with one. */
public final class RecordFile {
    private final Path file;
    private final byte[] bytes;
    private final RecordHeader header;

    private RecordFile(Path file, byte[] bytes, RecordHeader header) {
        this.file = file;
        this.bytes = bytes;
        this.header = header;
    }

    /**
     * Reads {@code file}.
     *
     * @throws StateStoreException if it holds no record, or one of a later format
     */
    public static RecordFile read(StateFiles files, Path file) throws IOException {
        byte[] bytes = files.read(file, SealedRecord.MAXIMUM_FILE_SIZE);
        return new RecordFile(file, bytes, RecordHeader.decode(file, bytes));
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** The version of the format. */
    public int formatVersion() {
        return RecordHeader.VERSION;
    }

    /** What the record holds. */
    public RecordKind kind() {
        return header.kind();
    }

    /** Whether it says that there is nothing of its kind any more. */
    public boolean deleted() {
        return header.deleted();
    }

    /** The instance that it belongs to. */
    public UUID instance() {
        return header.instance();
    }

    /** Its generation. */
    public long generation() {
        return header.generation();
    }

    /** Which key seals it, as messages name keys. */
    public String keyId() {
        return SealingKey.idText(header.keyId());
    }

    /** The size of its content in bytes. */
    public int contentSize() {
        return header.length();
    }

    /** The size of the file in bytes. */
    public int fileSize() {
        return bytes.length;
    }

    /**
     * What was sealed, or empty if there is nothing of its kind any more.
     *
     * @throws StateStoreException if it is sealed with another key, or not what was stored
     */
    public Optional<byte[]> open(SealingKey key) throws StateStoreException {
        int slot = (int) (header.generation() & 1);
        return SealedRecord.decode(file, bytes, header.kind(), header.instance(), slot, List.of(key))
                .content();
    }
}
