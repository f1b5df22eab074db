package dev.vtpmd.store.swtpm;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.UnknownFormatException;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.file.DirectoryLock;
import dev.vtpmd.store.file.DiskFiles;
import dev.vtpmd.store.file.FileFailure;
import dev.vtpmd.store.file.ReplacedFile;
import dev.vtpmd.store.file.StateFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The states of a single TPM in a directory, under the names that swtpm gives its files there ({@code --tpmstate dir=}):
 * {@code tpm2-00.permall} and {@code tpm2-00.volatilestate}, wrapped as {@link SwtpmBlob} says. A file is replaced by
 * renaming a new one over it. Unlike the records of a state directory, these files can be replaced by older ones unnoticed.
 */
public final class SwtpmDirectory implements InstanceStore {
    private static final String PERMANENT = "permall";
    private static final String VOLATILE = "volatilestate";
    private static final String LOCK = ".lock";

    private final StateFiles files;
    private final Path directory;
    private final Optional<SwtpmKey> fileKey;
    private final Optional<Set<PosixFilePermission>> mode;
    private DirectoryLock lock;

    /**
     * The states in {@code directory}, which must be there.
     *
     * @param fileKey what they are encrypted with; not encrypted if empty. Closed along with this store
     * @param mode the exact permissions of the files; if empty, rw-r----- less the umask
     */
    public SwtpmDirectory(Path directory, Optional<SwtpmKey> fileKey, Optional<Set<PosixFilePermission>> mode) {
        this(directory, fileKey, mode, new DiskFiles(mode.orElse(PosixFilePermissions.fromString("rw-r-----"))));
    }

    /** As the other, with the given file layer. */
    SwtpmDirectory(
            Path directory, Optional<SwtpmKey> fileKey, Optional<Set<PosixFilePermission>> mode, StateFiles files) {
        this.files = files;
        this.directory = directory.toAbsolutePath().normalize();
        this.fileKey = fileKey;
        this.mode = mode;
    }

    /** A state file: its name as {@code --print-states} gives it, and its size in bytes. */
    public record StoredState(String name, long size) {}

    /** The state files that are there, whatever they contain, the permanent state first. */
    public List<StoredState> storedStates() throws IOException {
        List<StoredState> states = new ArrayList<>();
        for (StateKind kind : StateKind.values()) {
            Path file = file(kind);
            if (files.exists(file)) {
                states.add(new StoredState(name(kind), Files.size(file)));
            }
        }
        return states;
    }

    /**
     * Takes the directory for this process; does nothing if this store has it already.
     *
     * @throws dev.vtpmd.store.DirectoryInUseException if another process has it
     */
    public synchronized void lock() throws IOException {
        if (lock == null) {
            lock = DirectoryLock.acquire(directory, LOCK, PosixFilePermissions.fromString("rw-rw----"));
        }
    }

    /** Lets go of the directory, for the destination of a migration to take it. */
    public synchronized void unlock() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    @Override
    public synchronized void commit(StateKind kind, byte[] state) throws IOException {
        Path file = file(kind);
        Path temporary = directory.resolve("TMP2-00." + name(kind));
        try {
            ReplacedFile.write(files, file, temporary, SwtpmBlob.seal(state, fileKey));
            applyMode(file);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be written: " + FileFailure.reason(e), e);
        }
    }

    @Override
    public synchronized Optional<byte[]> load(StateKind kind) throws IOException {
        Path file = file(kind);
        byte[] blob;
        try {
            blob = files.read(file, SwtpmBlob.MAXIMUM_SIZE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        applyMode(file);
        try {
            return Optional.of(SwtpmBlob.open(blob, fileKey));
        } catch (SwtpmBlobException e) {
            throw refusal(file, e);
        }
    }

    @Override
    public synchronized void delete(StateKind kind) throws IOException {
        Path file = file(kind);
        if (files.exists(file)) {
            files.delete(file);
            files.syncDirectory(directory);
        }
    }

    @Override
    public synchronized void close() {
        unlock();
        fileKey.ifPresent(SwtpmKey::close);
    }

    private void applyMode(Path file) throws IOException {
        if (mode.isPresent() && !mode.get().equals(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            Files.setPosixFilePermissions(file, mode.get());
        }
    }

    private Path file(StateKind kind) {
        return directory.resolve("tpm2-00." + name(kind));
    }

    private static String name(StateKind kind) {
        return switch (kind) {
            case PERMANENT -> PERMANENT;
            case VOLATILE -> VOLATILE;
        };
    }

    private static StateStoreException refusal(Path file, SwtpmBlobException e) {
        return switch (e.reason()) {
            case KEY_MISSING, KEY_LENGTH, NOT_AUTHENTIC -> new WrongKeyException(file, e.getMessage());
            case VERSION -> new UnknownFormatException(file, e.getMessage());
            case BROKEN, HEADER_SIZE -> new DamagedFileException(file, e.getMessage());
        };
    }
}
