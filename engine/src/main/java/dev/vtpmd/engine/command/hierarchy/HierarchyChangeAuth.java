package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_HierarchyChangeAuth (Part 3, 24.8). */
public final class HierarchyChangeAuth implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b newAuth = command.parameter(Tpm2bType.AUTH::read);
        command.endOfParameters();
        command.tpm().requireNv();
        command.tpm().hierarchies().authValue(command.handle(1), newAuth);
    }
}
