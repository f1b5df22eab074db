package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;

/** TPM2_PolicyPhysicalPresence (Part 3, 23.12). */
public final class PolicyPhysicalPresence implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        Session session = command.session(1);
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code())
                .withPhysicalPresence());
    }
}
