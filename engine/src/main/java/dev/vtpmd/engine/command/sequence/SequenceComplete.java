package dev.vtpmd.engine.command.sequence;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.structure.TpmtTkHashcheck;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_SequenceComplete (Part 3, 17.6). */
public final class SequenceComplete implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_BUFFER::read);
        int hierarchy = command.intParameter(HandleType.TPMI_RH_HIERARCHY::read);
        command.endOfParameters();
        if (!(command.loadedObject(1) instanceof SequenceObject sequence)
                || sequence.kind() == SequenceObject.Kind.EVENT) {
            throw TpmException.handle(1, TpmRc.MODE);
        }
        TpmState tpm = command.tpm();
        sequence.update(data);
        Tpm2b result = Tpm2b.wrap(sequence.finish());
        boolean ticket = sequence.kind() == SequenceObject.Kind.HASH && hierarchy != TpmRh.NULL && sequence.safe();
        result.write(command.response());
        (ticket ? tpm.tickets().hashcheck(hierarchy, sequence.hash(), result) : TpmtTkHashcheck.NULL)
                .write(command.response());
        command.flushWhenDone(command.handle(1));
    }
}
