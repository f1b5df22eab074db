package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_MAC (Part 3, 15.6). With a hash algorithm as the scheme it is TPM2_HMAC (Part 3, 15.5). */
public final class Mac implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_BUFFER::read);
        TpmAlgId inScheme = command.parameter(AlgorithmType.TPMI_ALG_MAC_SCHEME::readOrNull);
        command.endOfParameters();
        MacKey key = MacKey.of(command, inScheme);
        command.response().sizedBytes(key.compute(command.tpm().hmacs(), data));
    }
}
