package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.state.ReadOnlyMode;

/** TPM2_ReadOnlyControl (Part 3, 24.9). */
public final class ReadOnlyControl implements Command {
    @Override
    public void execute(CommandContext command) {
        boolean on = command.yesNoParameter();
        command.endOfParameters();
        ReadOnlyMode mode = command.tpm().readOnlyMode();
        if (mode.active() != on) {
            command.tpm().requireNvIfOrderly();
            mode.active(on);
        }
    }
}
