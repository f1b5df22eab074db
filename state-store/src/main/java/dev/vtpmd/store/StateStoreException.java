package dev.vtpmd.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file or directory of the store that is refused. The message is one line that names it and the reason, fit to be shown
 * to an operator; it holds nothing secret. Nothing has been changed on disk.
 */
public class StateStoreException extends IOException {
    private final transient Path file;
    private final String reason;

    /** {@code file} is refused because of {@code reason}, a phrase without a full stop. */
    public StateStoreException(Path file, String reason) {
        super(file + ": " + reason);
        this.file = file;
        this.reason = reason;
    }

    /** The file or directory that is refused. */
    public Path file() {
        return file;
    }

    /** Why, without the file's name. */
    public String reason() {
        return reason;
    }
}
