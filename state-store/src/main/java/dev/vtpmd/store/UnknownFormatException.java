package dev.vtpmd.store;

import java.nio.file.Path;

/** A file in a format that this release does not know, probably written by a later one. */
public final class UnknownFormatException extends StateStoreException {
    /** {@code file} is refused because of {@code reason}, a phrase without a full stop. */
    public UnknownFormatException(Path file, String reason) {
        super(file, reason);
    }
}
