package dev.vtpmd.engine.command.context;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_FlushContext (Part 3, 28.4). The handle is a parameter, and errors in it are those of a parameter. */
public final class FlushContext implements Command {
    @Override
    public void execute(CommandContext command) {
        int handle = command.intParameter(HandleType.TPMI_DH_CONTEXT::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        if (TpmHt.TRANSIENT.holds(handle)) {
            require(tpm.objects().transientObject(handle) != null);
            tpm.objects().flush(handle);
        } else {
            require(tpm.sessions().find(handle) != null || tpm.sessions().isSaved(handle));
            tpm.sessions().flush(handle);
        }
    }

    private static void require(boolean loaded) {
        if (!loaded) {
            throw TpmException.parameter(1, TpmRc.HANDLE);
        }
    }
}
