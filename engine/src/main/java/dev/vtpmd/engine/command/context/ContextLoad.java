package dev.vtpmd.engine.command.context;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.context.ContextProtection;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.context.TpmsContext;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_ContextLoad (Part 3, 28.3). */
public final class ContextLoad implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmsContext context = command.parameter(TpmsContext::read);
        if (!isPadded(command)) {
            command.endOfParameters();
        }
        TpmState tpm = command.tpm();
        TpmReader content = new ContextProtection(tpm).unprotect(context);
        boolean object = TpmHt.TRANSIENT.holds(context.savedHandle());
        command.returnHandle(object ? loadObject(tpm, context, content) : loadSession(tpm, context, content));
    }

    /** Whether the parameters have the size that TPM_PT_MAX_OBJECT_CONTEXT tells: Windows pads contexts to that. */
    private static boolean isPadded(CommandContext command) {
        return command.reader().limit() - command.parametersOffset() == ContextProtection.LARGEST_OBJECT_CONTEXT;
    }

    private static int loadObject(TpmState tpm, TpmsContext context, TpmReader content) {
        if (!tpm.hierarchies().enabled(context.hierarchy())) {
            throw TpmException.parameter(1, TpmRc.HIERARCHY);
        }
        tpm.objects().requireSlot();
        boolean sequence = context.savedHandle() == ContextProtection.SEQUENCE;
        LoadedObject object = sequence ? SequenceObject.read(content) : TpmObject.read(content);
        return tpm.objects().add(object);
    }

    /** A session context can be loaded once: what was saved before under the same number is not this one any more. */
    private static int loadSession(TpmState tpm, TpmsContext context, TpmReader content) {
        tpm.requireNvIfOrderly();
        if (!tpm.sessions().isValidContext(context.savedHandle(), context.sequence())) {
            throw TpmException.parameter(1, TpmRc.HANDLE);
        }
        tpm.sessions().restore(Session.read(content));
        return context.savedHandle();
    }
}
