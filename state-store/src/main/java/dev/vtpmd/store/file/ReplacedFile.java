package dev.vtpmd.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** Replaces a whole file by writing a new one beside it and renaming that. */
public final class ReplacedFile {
    private ReplacedFile() {}

    /**
     * Makes {@code content} the content of {@code file}, durably and atomically. {@code temporary}, in the same directory,
     * is overwritten and gone afterwards; when this throws, {@code file} is as before.
     */
    public static void write(StateFiles files, Path file, Path temporary, byte[] content) throws IOException {
        try {
            files.delete(temporary);
            try (StateFile out = files.open(temporary)) {
                out.writeFully(content, 0);
                out.sync();
            }
            files.rename(temporary, file);
        } catch (IOException e) {
            deleteQuietly(files, temporary, e);
            throw e;
        }
        files.syncDirectory(file.getParent());
    }

    private static void deleteQuietly(StateFiles files, Path temporary, IOException cause) {
        try {
            files.delete(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
