package dev.vtpmd.engine.command.attachedcomponent;

import dev.vtpmd.engine.attachedcomponent.AttachedComponent;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * TPM2_AC_Send (Part 3, 32.3). Who may send to a component is said by the NV index with the component's number, if there is one:
 * whoever may write it. Without one, owner and platform may.
 */
public final class AcSend implements Command {
    private static final int SEND_OBJECT = 1;
    private static final int AUTH_HANDLE = 2;
    private static final int COMPONENT = 3;

    @Override
    public void execute(CommandContext command) {
        Tpm2b acDataIn = command.parameter(Tpm2bType.MAX_BUFFER::read);
        command.endOfParameters();
        TpmObject object = command.object(SEND_OBJECT, TpmRc.TYPE);
        AttachedComponent component = command.tpm().platform().attachedComponent(command.handle(COMPONENT));
        checkSender(command, component);
        TpmaObject attributes = object.attributes();
        if (attributes.encryptedDuplication() || attributes.fixedParent() || attributes.fixedTpm()) {
            throw TpmException.handle(SEND_OBJECT, TpmRc.ATTRIBUTES);
        }
        component.receive(object.publicArea(), object.sensitive(), acDataIn).write(command.response());
    }

    private static void checkSender(CommandContext command, AttachedComponent component) {
        int authHandle = command.handle(AUTH_HANDLE);
        NvIndex alias = command.tpm().nv().find(TpmHt.NV_AC_FIRST + (component.handle() - TpmHt.AC_FIRST));
        if (alias != null) {
            NvAccess.checkWrite(authHandle, alias);
        } else if (!TpmHt.PERMANENT.holds(authHandle)) {
            throw TpmException.handle(AUTH_HANDLE, TpmRc.HANDLE);
        }
    }
}
