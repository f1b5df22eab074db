package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_ReadPublic (Part 3, 12.4). */
public final class ReadPublic implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        TpmObject object = command.object(1, TpmRc.SEQUENCE);
        TpmWriter out = command.response();
        out.sized(object.publicArea()::write);
        object.name().write(out);
        object.qualifiedName().write(out);
    }
}
