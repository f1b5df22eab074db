package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_PolicyNvWritten (Part 3, 23.20). */
public final class PolicyNvWritten implements Command {
    @Override
    public void execute(CommandContext command) {
        boolean written = command.yesNoParameter();
        command.endOfParameters();
        Session session = command.session(1);
        Boolean already = session.policy().nvWritten();
        if (already != null && already != written) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
        byte[] argument = {(byte) (written ? 1 : 0)};
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), argument)
                .withNvWritten(written));
    }
}
