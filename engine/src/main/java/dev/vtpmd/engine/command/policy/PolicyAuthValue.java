package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;

/** TPM2_PolicyAuthValue (Part 3, 23.17). */
public final class PolicyAuthValue implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        Session session = command.session(1);
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code())
                .withAuthorization(PolicyState.Authorization.AUTH_VALUE));
    }
}
