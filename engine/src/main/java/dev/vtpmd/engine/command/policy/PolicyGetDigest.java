package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;

/** TPM2_PolicyGetDigest (Part 3, 23.19). */
public final class PolicyGetDigest implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        command.session(1).policy().digest().write(command.response());
    }
}
