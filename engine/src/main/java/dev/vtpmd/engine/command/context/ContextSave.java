package dev.vtpmd.engine.command.context;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.context.ContextProtection;
import dev.vtpmd.engine.object.LoadedObject;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.context.TpmsContext;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_ContextSave (Part 3, 28.2). A saved session is no longer loaded, a saved object still is. */
public final class ContextSave implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        TpmState tpm = command.tpm();
        tpm.requireNvIfOrderly();
        LoadedObject object = command.loadedObject(1);
        TpmsContext context = object == null ? saveSession(tpm, command.session(1)) : saveObject(tpm, object);
        context.write(command.response());
    }

    private static TpmsContext saveObject(TpmState tpm, LoadedObject object) {
        TpmWriter content = new TpmWriter(1024);
        int savedHandle = switch (object) {
            case TpmObject key -> {
                key.write(content);
                yield key.stClear() ? ContextProtection.ST_CLEAR_OBJECT : ContextProtection.OBJECT;
            }
            case SequenceObject sequence -> {
                sequence.write(content);
                yield ContextProtection.SEQUENCE;
            }
        };
        long number = tpm.objects().nextContextNumber();
        return new ContextProtection(tpm).protect(number, savedHandle, object.hierarchy(), content);
    }

    private static TpmsContext saveSession(TpmState tpm, Session session) {
        TpmWriter content = new TpmWriter(512);
        session.write(content);
        long number = tpm.sessions().save(session);
        TpmsContext context = new ContextProtection(tpm).protect(number, session.handle(), TpmRh.NULL, content);
        session.wipe();
        return context;
    }
}
