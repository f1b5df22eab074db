package dev.vtpmd.engine.command.sequence;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_SequenceUpdate (Part 3, 17.5). */
public final class SequenceUpdate implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_BUFFER::read);
        command.endOfParameters();
        if (!(command.loadedObject(1) instanceof SequenceObject sequence)) {
            throw TpmException.handle(1, TpmRc.MODE);
        }
        sequence.update(data);
    }
}
