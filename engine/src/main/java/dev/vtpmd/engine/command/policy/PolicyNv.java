package dev.vtpmd.engine.command.policy;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.nv.NvAccess;
import dev.vtpmd.engine.nv.NvIndex;
import dev.vtpmd.engine.policy.PolicyComparison;
import dev.vtpmd.engine.policy.PolicyDigest;
import dev.vtpmd.engine.session.Session;
import dev.vtpmd.protocol.constant.TpmEo;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** TPM2_PolicyNV (Part 3, 23.9): compares with the contents of an NV index. */
public final class PolicyNv implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b operand = command.parameter(Tpm2bType.OPERAND::read);
        int offset = command.intParameter(TpmReader::u16);
        TpmEo operation = command.parameter(TpmEo::read);
        command.endOfParameters();
        NvIndex index = command.nvIndex(2);
        Session session = command.session(3);
        if (!session.isTrial()) {
            compare(command.handle(1), index, operand, offset, operation);
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
        byte[] name = command.tpm().nv().name(index).bytes();
        session.policy(new PolicyDigest(command.tpm().digests()).extend(session, command.code(), arguments, name));
    }

    private static void compare(int authHandle, NvIndex index, Tpm2b operand, int offset, TpmEo operation) {
        NvAccess.checkRead(authHandle, index);
        int size = index.publicArea().dataSize();
        if (offset > size) {
            throw TpmException.parameter(2, TpmRc.VALUE);
        }
        if (operand.size() > size - offset) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        byte[] contents = Arrays.copyOfRange(index.data().bytes(), offset, offset + operand.size());
        if (!PolicyComparison.holds(operation, contents, operand.bytes())) {
            throw TpmException.of(TpmRc.POLICY);
        }
    }
}
