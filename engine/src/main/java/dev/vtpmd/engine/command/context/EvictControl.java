package dev.vtpmd.engine.command.context;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.ObjectTable;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_EvictControl (Part 3, 28.5): makes a transient object persistent, or deletes a persistent one. */
public final class EvictControl implements Command {
    private static final int OBJECT = 2;

    @Override
    public void execute(CommandContext command) {
        int persistentHandle = command.intParameter(HandleType.TPMI_DH_PERSISTENT::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        TpmObject object = command.object(OBJECT, TpmRc.ATTRIBUTES);
        if (object.temporary() || object.stClear() || object.publicOnly()) {
            throw TpmException.handle(OBJECT, TpmRc.ATTRIBUTES);
        }
        if (object.persistent() && object.persistentHandle() != persistentHandle) {
            throw TpmException.handle(OBJECT, TpmRc.HANDLE);
        }
        checkOwner(command.handle(1), object, persistentHandle);
        ObjectTable objects = tpm.objects();
        if (object.persistent()) {
            tpm.requireNv();
            objects.evict(persistentHandle);
            return;
        }
        if (objects.persistentObject(persistentHandle) != null) {
            throw TpmException.of(TpmRc.NV_DEFINED);
        }
        tpm.requireNv();
        if (objects.persistentHandles().size() >= ObjectTable.PERSISTENT_MAXIMUM) {
            throw TpmException.of(TpmRc.NV_SPACE);
        }
        objects.makePersistent(persistentHandle, object);
    }

    /** The platform keeps its own objects in its range, and may delete any; the owner keeps all others in the other range. */
    private static void checkOwner(int auth, TpmObject object, int persistentHandle) {
        boolean platform = auth == TpmRh.PLATFORM;
        boolean platformObject = object.hierarchy() == TpmRh.PLATFORM;
        boolean deletedByPlatform = platform && object.persistent();
        if (platform != platformObject && !deletedByPlatform) {
            throw TpmException.handle(OBJECT, TpmRc.HIERARCHY);
        }
        boolean platformHandle = Integer.compareUnsigned(persistentHandle, ObjectTable.FIRST_PLATFORM_PERSISTENT) >= 0;
        if (!object.persistent() && platformHandle != platform) {
            throw TpmException.parameter(1, TpmRc.RANGE);
        }
    }
}
