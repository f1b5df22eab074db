package dev.vtpmd.store.record;

import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.file.FileFailure;
import dev.vtpmd.store.file.ReplacedFile;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One record in one file of a state directory, which is there or not, and is replaced as a whole. For what changes seldom: a
 * {@link SlotPair} commits with less, but both of its slots have to be there from the beginning.
 */
public final class SealedFile {
    private static final UUID NO_INSTANCE = new UUID(0, 0);
    /** Even, as it belongs in the first of two slots. */
    private static final int GENERATION = 0;

    private final StateFiles files;
    private final Path directory;
    private final RecordKind kind;
    private final Path file;

    /** The file for {@code kind} in the state directory {@code directory}, whether or not it is there. */
    public SealedFile(StateFiles files, Path directory, RecordKind kind) {
        this.files = files;
        this.directory = directory;
        this.kind = kind;
        this.file = directory.resolve(kind.fileName());
    }

    /**
     * What is in it, or empty if it is not there.
     *
     * @param keys one of which it should be sealed with
     * @throws StateStoreException if it is damaged, of an unknown format, or sealed with another key
     */
    public Optional<byte[]> load(List<SealingKey> keys) throws IOException {
        byte[] bytes;
        try {
            bytes = files.read(file, SealedRecord.MAXIMUM_FILE_SIZE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return SealedRecord.decode(file, bytes, kind, NO_INSTANCE, GENERATION, keys)
                .content();
    }

    /** Makes {@code content} what is in it, durably, sealed with {@code key}. When this throws, the file is as before. */
    public void store(byte[] content, SealingKey key) throws IOException {
        byte[] nonce = new byte[SealingKey.NONCE_SIZE];
        new SecureRandom().nextBytes(nonce);
        RecordHeader header = new RecordHeader(
                kind,
                false,
                NO_INSTANCE,
                GENERATION,
                key.id(),
                content.length,
                SealedRecord.extent(content.length),
                nonce);
        try {
            ReplacedFile.write(
                    files,
                    file,
                    directory.resolve(kind.fileName() + ".new"),
                    SealedRecord.encode(header, content, key));
        } catch (IOException e) {
            throw new IOException(file + ": cannot be written: " + FileFailure.reason(e), e);
        }
    }

    /** Seals it with the first of {@code keys}, if it is there. */
    public void reseal(List<SealingKey> keys) throws IOException {
        Optional<byte[]> content = load(keys);
        if (content.isPresent()) {
            try {
                store(content.get(), keys.getFirst());
            } finally {
                Arrays.fill(content.get(), (byte) 0);
            }
        }
    }
}
