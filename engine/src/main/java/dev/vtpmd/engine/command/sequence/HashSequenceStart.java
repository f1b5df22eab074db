package dev.vtpmd.engine.command.sequence;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.SequenceObject;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_HashSequenceStart (Part 3, 17.4). Without a hash algorithm it starts an event sequence. */
public final class HashSequenceStart implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b auth = command.parameter(Tpm2bType.AUTH::read);
        TpmiAlgHash hash = command.parameter(TpmiAlgHash::readOrNull);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        SequenceObject sequence = hash == TpmiAlgHash.NULL
                ? SequenceObject.event(auth, tpm.pcrs().hashes())
                : SequenceObject.hash(auth, hash);
        command.returnHandle(tpm.objects().add(sequence));
    }
}
