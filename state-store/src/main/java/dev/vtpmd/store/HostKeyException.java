package dev.vtpmd.store;

import java.nio.file.Path;

/** A source of the host key that gives no usable key, or one that others can read. */
public final class HostKeyException extends StateStoreException {
    /** {@code file} is refused because of {@code reason}, a phrase without a full stop. */
    public HostKeyException(Path file, String reason) {
        super(file, reason);
    }
}
