package dev.vtpmd.store;

import java.nio.file.Path;
import java.util.UUID;

/** There is no instance of the given UUID. */
public final class NoSuchInstanceException extends StateStoreException {
    /** There is no instance {@code uuid} in the state directory {@code directory}. */
    public NoSuchInstanceException(Path directory, UUID uuid) {
        super(directory, "there is no instance " + uuid);
    }
}
