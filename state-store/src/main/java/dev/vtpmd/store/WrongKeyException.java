package dev.vtpmd.store;

import java.nio.file.Path;

/** A file that is sealed with another key than the one given. */
public final class WrongKeyException extends StateStoreException {
    /** {@code file} is refused because of {@code reason}, a phrase without a full stop. */
    public WrongKeyException(Path file, String reason) {
        super(file, reason);
    }
}
