package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.nio.ByteBuffer;

/** TPM2_PolicyCommandCode (Part 3, 23.11). */
public final class PolicyCommandCode implements Command {
    private final CommandTable table;

    /** Accepts the commands of {@code table}. */
    public PolicyCommandCode(CommandTable table) {
        this.table = table;
    }

    @Override
    public void execute(CommandContext command) {
        int code = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        Session session = command.session(1);
        TpmCc already = session.policy().commandCode();
        if (already != null && already.value() != code) {
            throw TpmException.parameter(1, TpmRc.VALUE);
        }
        if (table.find(code) == null) {
            throw TpmException.parameter(1, TpmRc.POLICY_CC);
        }
        byte[] argument = ByteBuffer.allocate(Integer.BYTES).putInt(code).array();
        session.policy(new PolicyDigest(command.tpm().digests())
                .extend(session, command.code(), argument)
                .withCommandCode(TpmCc.of(code)));
    }
}
