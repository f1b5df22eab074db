package dev.vtpmd.engine.command.random;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_StirRandom (Part 3, 16.2). */
public final class StirRandom implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.SENSITIVE_DATA::read);
        command.endOfParameters();
        command.tpm().randomGenerator().stir(data.bytes());
    }
}
