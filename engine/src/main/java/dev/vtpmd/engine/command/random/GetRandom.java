package dev.vtpmd.engine.command.random;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_GetRandom (Part 3, 16.1). At most as many bytes as the largest digest has. */
public final class GetRandom implements Command {
    @Override
    public void execute(CommandContext command) {
        int requested = command.intParameter(TpmReader::u16);
        command.endOfParameters();
        int size = Math.min(requested, command.tpm().profile().largestDigest());
        command.tpm().random(size).write(command.response());
    }
}
