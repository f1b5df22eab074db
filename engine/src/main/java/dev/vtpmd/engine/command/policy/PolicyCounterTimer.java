package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyComparison;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_PolicyCounterTimer (Part 3, 23.10): compares with the encoded TPMS_TIME_INFO. */
public final class PolicyCounterTimer implements Command {
    private static final int TIME_AND_CLOCK = 16;

    @Override
    public void execute(CommandContext command) {
        PolicyComparison comparison = PolicyComparison.read(command);
        command.endOfParameters();
        if (comparison.offset() < TIME_AND_CLOCK) {
            command.tpm().requireNv();
        }
        byte[] info = TpmWriter.toByteArray(command.tpm().clock().timeInfo()::write);
        if (comparison.offset() > info.length) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        if (comparison.offset() + comparison.operand().size() > info.length) {
            throw TpmException.of(TpmRc.RANGE);
        }
        Session session = command.session(1);
        if (!session.isTrial() && !comparison.holds(info)) {
            throw TpmException.of(TpmRc.POLICY);
        }
        byte[] arguments = comparison.digest(command, session);
        session.policy(new PolicyDigest(command.tpm().digests()).extend(session, command.code(), arguments));
    }
}
