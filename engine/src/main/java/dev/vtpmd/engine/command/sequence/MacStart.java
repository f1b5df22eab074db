package dev.vtpmd.engine.command.sequence;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.command.symmetric.MacKey;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_MAC_Start (Part 3, 17.3). With a hash algorithm as the scheme it is TPM2_HMAC_Start (Part 3, 17.2). */
public final class MacStart implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b auth = command.parameter(Tpm2bType.AUTH::read);
        TpmAlgId inScheme = command.parameter(AlgorithmType.TPMI_ALG_MAC_SCHEME::readOrNull);
        command.endOfParameters();
        MacKey key = MacKey.of(command, inScheme);
        command.tpm().objects().requireSlot();
        command.returnHandle(command.tpm().objects().add(key.start(auth)));
    }
}
