package dev.vtpmd.engine.command.clock;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;

/** TPM2_ReadClock (Part 3, 29.1). */
public final class ReadClock implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        command.tpm().clock().timeInfo().write(command.response());
    }
}
