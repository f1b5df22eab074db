package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.policy.PolicyComparison;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmEo;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** TPM2_PolicyCounterTimer (Part 3, 23.10): compares with the encoded TPMS_TIME_INFO. */
public final class PolicyCounterTimer implements Command {
    private static final int TIME_AND_CLOCK = 16;

    @Override
    public void execute(CommandContext command) {
        Tpm2b operand = command.parameter(Tpm2bType.OPERAND::read);
        int offset = command.intParameter(TpmReader::u16);
        TpmEo operation = command.parameter(TpmEo::read);
        command.endOfParameters();
        if (offset < TIME_AND_CLOCK) {
            command.tpm().requireNv();
        }
        byte[] info = TpmWriter.toByteArray(command.tpm().clock().timeInfo()::write);
        if (offset > info.length) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        if (offset + operand.size() > info.length) {
            throw TpmException.of(TpmRc.RANGE);
        }
        Session session = command.session(1);
        byte[] compared = Arrays.copyOfRange(info, offset, offset + operand.size());
        if (!session.isTrial() && !PolicyComparison.holds(operation, compared, operand.bytes())) {
            throw TpmException.of(TpmRc.POLICY);
        }
        byte[] arguments = command.tpm()
                .digests()
                .digest(
                        session.hash(),
                        operand.bytes(),
                        ByteBuffer.allocate(2 * Short.BYTES)
                                .putShort((short) offset)
                                .putShort((short) operation.value())
                                .array());
        session.policy(new PolicyDigest(command.tpm().digests()).extend(session, command.code(), arguments));
    }
}
