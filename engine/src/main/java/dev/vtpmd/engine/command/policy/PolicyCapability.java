package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.engine.command.capability.Capabilities;
import dev.vtpmd.engine.policy.PolicyComparison;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.constant.TpmEo;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.nio.ByteBuffer;
import java.util.Optional;

/** TPM2_PolicyCapability (Part 3, 23.25): compares with one entry of what TPM2_GetCapability lists, encoded. */
public final class PolicyCapability implements Command {
    private static final int CAPABILITY_PARAMETER = 4;
    private static final int PROPERTY_PARAMETER = 5;

    private final CommandTable table;

    /** Looks at the commands of {@code table}. */
    public PolicyCapability(CommandTable table) {
        this.table = table;
    }

    @Override
    public void execute(CommandContext command) {
        PolicyComparison comparison = PolicyComparison.read(command);
        TpmCap capability = command.parameter(TpmCap::read);
        int property = command.intParameter(TpmReader::u32);
        command.endOfParameters();
        Session session = command.session(1);
        TpmState tpm = command.tpm();
        if (!session.isTrial()) {
            compare(
                    new Capabilities(tpm, table, CAPABILITY_PARAMETER, PROPERTY_PARAMETER).entry(capability, property),
                    comparison);
        }
        byte[] subject = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(capability.value())
                .putInt(property)
                .array();
        byte[] arguments = comparison.digest(command, session, subject);
        session.policy(new PolicyDigest(tpm.digests()).extend(session, command.code(), arguments));
    }

    /** What the TPM does not have differs from everything, and compares in no other way. */
    private static void compare(Optional<byte[]> entry, PolicyComparison comparison) {
        if (entry.isEmpty()) {
            if (comparison.operation() != TpmEo.NEQ) {
                throw TpmException.of(TpmRc.POLICY);
            }
            return;
        }
        byte[] data = entry.get();
        if (comparison.offset() > data.length) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        if (data.length - comparison.offset() < comparison.operand().size()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        if (!comparison.holds(data)) {
            throw TpmException.of(TpmRc.POLICY);
        }
    }
}
