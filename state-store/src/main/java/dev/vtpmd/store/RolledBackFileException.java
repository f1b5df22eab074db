package dev.vtpmd.store;

import java.nio.file.Path;

/** An undamaged file that is older than one known to have been stored: somebody has put it back. */
public final class RolledBackFileException extends StateStoreException {
    /** {@code file} is refused because of {@code reason}, a phrase without a full stop. */
    public RolledBackFileException(Path file, String reason) {
        super(file, reason);
    }
}
