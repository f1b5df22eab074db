package dev.vtpmd.store;

import java.nio.file.Path;

/** An undamaged file in the wrong place: of another instance, or of another kind of state. */
public final class ForeignFileException extends StateStoreException {
    /** {@code file} is refused because of {@code reason}, a phrase without a full stop. */
    public ForeignFileException(Path file, String reason) {
        super(file, reason);
    }
}
