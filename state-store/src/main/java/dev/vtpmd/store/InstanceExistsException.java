package dev.vtpmd.store;

import java.nio.file.Path;

/** An instance cannot be created since there is one of its name or UUID already. */
public final class InstanceExistsException extends StateStoreException {
    /** The instance {@code existing} (a name or UUID) is in the state directory {@code directory} already. */
    public InstanceExistsException(Path directory, String existing) {
        super(directory, "there is an instance " + existing + " already");
    }
}
