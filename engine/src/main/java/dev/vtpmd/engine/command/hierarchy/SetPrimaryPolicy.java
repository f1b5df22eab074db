package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.countdown.CountdownTimers;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_SetPrimaryPolicy (Part 3, 24.3). */
public final class SetPrimaryPolicy implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b authPolicy = command.parameter(Tpm2bType.DIGEST::read);
        TpmiAlgHash hash = command.parameter(TpmiAlgHash::readOrNull);
        command.endOfParameters();
        if (authPolicy.size() != hash.digestSize()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        command.tpm().requireNv();
        int handle = command.handle(1);
        TpmtHa policy = new TpmtHa(hash, authPolicy);
        if (CountdownTimers.inRange(handle)) {
            command.tpm().countdownTimers().policy(handle, policy);
        } else {
            command.tpm().hierarchies().policy(handle, policy);
        }
    }
}
