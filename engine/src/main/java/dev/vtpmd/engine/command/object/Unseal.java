package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Unseal (Part 3, 12.7). */
public final class Unseal implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        TpmObject item = command.object(1, TpmRc.TYPE);
        if (item.type() != TpmAlgId.KEYEDHASH) {
            throw TpmException.handle(1, TpmRc.TYPE);
        }
        TpmaObject attributes = item.attributes();
        if (attributes.sign() || attributes.decrypt() || attributes.restricted()) {
            throw TpmException.handle(1, TpmRc.ATTRIBUTES);
        }
        item.sensitive().sensitive().write(command.response());
    }
}
