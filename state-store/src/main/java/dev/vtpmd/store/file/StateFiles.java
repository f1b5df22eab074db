package dev.vtpmd.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the store does with files. Nothing is on stable storage before it is synced: bytes by {@link StateFile#sync}, names
 * (created, renamed, deleted) by {@link #syncDirectory} of the directory they stand in.
 */
public interface StateFiles {
    /** Whether there is a file or directory of this name. */
    boolean exists(Path file);

    /**
     * The whole content of a file of up to {@code limit} bytes; of a longer one, its first {@code limit + 1} bytes.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    byte[] read(Path file, int limit) throws IOException;

    /** Opens a file for writing, and creates it if there is none. */
    StateFile open(Path file) throws IOException;

    /** Creates a directory that its owner alone can use; its parent must be there. */
    void createDirectory(Path directory) throws IOException;

    /** The entries of a directory, in order of their names. */
    List<Path> list(Path directory) throws IOException;

    /** Renames within one directory, atomically. A file of the new name is replaced. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory; does nothing if there is none. */
    void delete(Path file) throws IOException;

    /** Brings the names of a directory to stable storage. */
    void syncDirectory(Path directory) throws IOException;
}
