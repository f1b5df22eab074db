package dev.vtpmd.store.file;

import dev.vtpmd.store.StateStoreException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Puts into words why an operation on a file failed: the exceptions of {@link java.nio.file} often say no more than its name. */
public final class FileFailure {
    private FileFailure() {}

    /** The reason alone, a phrase. */
    public static String reason(IOException e) {
        if (e instanceof StateStoreException refused) {
            return refused.reason();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "is not a directory";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "is there already";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** A failure whose message names {@code file} and the reason. */
    static StateStoreException of(Path file, IOException e) {
        if (e instanceof StateStoreException refused) {
            return refused;
        }
        StateStoreException failure = new StateStoreException(file, reason(e));
        failure.initCause(e);
        return failure;
    }
}
