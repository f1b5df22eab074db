package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** The handle of a parent under which ordinary objects are created, loaded or imported. */
public final class StorageParent {
    private StorageParent() {}

    /**
     * The parent that handle {@code number} of {@code command} refers to.
     *
     * @throws TpmException TPM_RC_TYPE of the handle if it is no storage parent
     */
    public static TpmObject of(CommandContext command, int number) {
        TpmObject parent = command.object(number, TpmRc.TYPE);
        if (!parent.storageParent()) {
            throw TpmException.handle(number, TpmRc.TYPE);
        }
        return parent;
    }
}
