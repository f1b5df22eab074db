package dev.vtpmd.engine.command.miscellaneous;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM2_SetAlgorithmSet (Part 3, 26.3). */
public final class SetAlgorithmSet implements Command {
    @Override
    public void execute(CommandContext command) {
        int algorithmSet = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        command.tpm().requireNv();
        command.tpm().algorithmSet().choose(algorithmSet);
    }
}
