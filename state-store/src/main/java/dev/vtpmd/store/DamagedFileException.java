package dev.vtpmd.store;

import java.nio.file.Path;

/** A file whose bytes are not those that were written: torn, truncated, or changed. */
public final class DamagedFileException extends StateStoreException {
    /** {@code file} is refused because of {@code reason}, a phrase without a full stop. */
    public DamagedFileException(Path file, String reason) {
        super(file, reason);
    }
}
