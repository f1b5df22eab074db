package dev.vtpmd.engine.command.sequence;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.pcr.PcrEvent;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.structure.TpmlDigestValues;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.ArrayList;
import java.util.List;

/** TPM2_EventSequenceComplete (Part 3, 17.7): extends a PCR with the digests of the event. */
public final class EventSequenceComplete implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_BUFFER::read);
        command.endOfParameters();
        if (!(command.loadedObject(2) instanceof SequenceObject sequence)
                || sequence.kind() != SequenceObject.Kind.EVENT) {
            throw TpmException.handle(2, TpmRc.MODE);
        }
        TpmState tpm = command.tpm();
        int pcr = command.handle(1);
        if (pcr != TpmRh.NULL) {
            PcrEvent.beginExtend(command, pcr);
        }
        sequence.update(data);
        List<TpmtHa> digests = new ArrayList<>();
        for (SequenceObject.EventDigest digest : sequence.finishAll()) {
            if (pcr != TpmRh.NULL) {
                tpm.pcrs().extend(digest.hash(), pcr, digest.digest());
            }
            digests.add(new TpmtHa(digest.hash(), Tpm2b.wrap(digest.digest())));
        }
        new TpmlDigestValues(digests).write(command.response());
        command.flushWhenDone(command.handle(2));
    }
}
