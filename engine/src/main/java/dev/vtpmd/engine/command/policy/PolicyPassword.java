package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.PolicyState;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;

/** TPM2_PolicyPassword (Part 3, 23.18): the same policy digest as TPM2_PolicyAuthValue, so that the caller may choose. */
public final class PolicyPassword implements Command {
    @Override
    public void execute(CommandContext command) {
        command.endOfParameters();
        Session session = command.session(1);
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, TpmCc.POLICY_AUTH_VALUE)
                .withAuthorization(PolicyState.Authorization.PASSWORD));
    }
}
