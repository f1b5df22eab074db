package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.policy.PolicyComparison;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_PolicyNV (Part 3, 23.9): compares with the contents of an NV index. */
public final class PolicyNv implements Command {
    @Override
    public void execute(CommandContext command) {
        PolicyComparison comparison = PolicyComparison.read(command);
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        Session session = command.session(3);
        if (!session.isTrial()) {
            compare(command.handle(1), index, comparison);
        }
        byte[] arguments = comparison.digest(command, session);
        byte[] name = command.tpm().nv().name(index).bytes();
        session.policy(new PolicyDigest(command.tpm().digests()).extend(session, command.code(), arguments, name));
    }

    private static void compare(int authHandle, NvIndex index, PolicyComparison comparison) {
        NvAccess.checkRead(authHandle, index);
        int size = index.publicArea().dataSize();
        if (comparison.offset() > size) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        if (comparison.operand().size() > size - comparison.offset()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        if (!comparison.holds(index.data().bytes())) {
            throw TpmException.of(TpmRc.POLICY);
        }
    }
}
