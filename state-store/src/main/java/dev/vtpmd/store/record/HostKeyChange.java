package dev.vtpmd.store.record;

import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.file.ReplacedFile;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The file that is there while a state directory goes over to a new host key. It holds two records: the new key sealed with
 * the old one, and the old key sealed with the new one. So the change can be completed after a crash with whichever of the
 * two the service is started with.
 */
public final class HostKeyChange {
    private static final String FILE_NAME = "rekey";
    private static final UUID NO_INSTANCE = new UUID(0, 0);
    private static final int HALF = SealedRecord.extent(SealingKey.SIZE);

    private final StateFiles files;
    private final Path directory;
    private final Path file;

    /** The change of the host key of the state directory {@code directory}, whether or not there is one. */
    public HostKeyChange(StateFiles files, Path directory) {
        this.files = files;
        this.directory = directory;
        this.file = directory.resolve(FILE_NAME);
    }

    /** Whether a change is under way. */
    public boolean underWay() {
        return files.exists(file);
    }

    /** Begins the change from {@code old} to {@code replacement}. From now on either key will do. */
    public void begin(SealingKey old, SealingKey replacement) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] content = Arrays.copyOf(half(0, old, replacement, random), 2 * HALF);
        System.arraycopy(half(1, replacement, old, random), 0, content, HALF, HALF);
        ReplacedFile.write(files, file, directory.resolve(FILE_NAME + ".new"), content);
    }

    /**
     * The keys of the change under way, the new one first, given one of them.
     *
     * @throws WrongKeyException if {@code given} is neither
     */
    public List<SealingKey> keys(SealingKey given) throws IOException {
        byte[] content = files.read(file, 2 * HALF);
        try {
            return List.of(other(content, 0, given), given);
        } catch (WrongKeyException e) {
            return List.of(given, other(content, 1, given));
        }
    }

    /** Ends the change: from now on the new key alone will do. */
    public void end() throws IOException {
        files.delete(file);
        files.syncDirectory(directory);
    }

    private static byte[] half(int place, SealingKey with, SealingKey content, SecureRandom random) {
        byte[] nonce = new byte[SealingKey.NONCE_SIZE];
        random.nextBytes(nonce);
        byte[] key = content.export();
        try {
            RecordHeader header = new RecordHeader(
                    RecordKind.HOST_KEY_CHANGE, false, NO_INSTANCE, place, with.id(), key.length, HALF, nonce);
            return SealedRecord.encode(header, key, with);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private SealingKey other(byte[] content, int place, SealingKey given) throws StateStoreException {
        byte[] half = Arrays.copyOfRange(
                content, Math.min(content.length, place * HALF), Math.min(content.length, (place + 1) * HALF));
        SealedRecord record =
                SealedRecord.decode(file, half, RecordKind.HOST_KEY_CHANGE, NO_INSTANCE, place, List.of(given));
        byte[] key = record.content().orElseThrow();
        try {
            return new SealingKey(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
