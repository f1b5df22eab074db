package dev.vtpmd.daemon.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in one line for the user what went wrong. */
public final class Failures {
    private Failures() {}

    /** The line for {@code failure}. */
    public static String line(IOException failure) {
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static String reason(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "there is no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case FileAlreadyExistsException e -> "is there already";
            case NotDirectoryException e -> "is not a directory";
            default -> failure.getReason() == null ? "cannot be used" : failure.getReason();
        };
    }
}
