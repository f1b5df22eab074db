package dev.vtpmd.store;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A directory that another process holds. */
public final class DirectoryInUseException extends StateStoreException {
    private final transient OptionalLong holder;

    /** {@code directory} is held by the process with the id {@code holder}, where that is known. */
    public DirectoryInUseException(Path directory, OptionalLong holder) {
        super(
                directory,
                holder.isPresent()
                        ? "in use by the process with pid " + holder.getAsLong()
                        : "in use by another process, which has not told its pid");
        this.holder = holder;
    }

    /** The process id of the holder, where it is known. */
    public OptionalLong holder() {
        return holder;
    }
}
