package dev.vtpmd.engine.command.session;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;

/** TPM2_PolicyRestart (Part 3, 11.2). The time that the session started stays. */
public final class PolicyRestart implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        Session session = command.session(1);
        PolicyState policy = session.policy();
        session.policy(PolicyState.initial(session.hash(), policy.startTime(), policy.timeEpoch()));
    }
}
