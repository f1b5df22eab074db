package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_EncryptDecrypt2 (Part 3, 15.3): the data comes first, so that a session can protect it. */
public final class EncryptDecrypt2 implements Command {
    private static final CipherOperation.Order ORDER = new CipherOperation.Order(3, 4, 1);

    @Override
    public void execute(CommandContext command) {
        Tpm2b data = command.parameter(Tpm2bType.MAX_BUFFER::read);
        boolean decrypt = command.yesNoParameter();
        TpmAlgId mode = command.parameter(AlgorithmType.TPMI_ALG_CIPHER_MODE::readOrNull);
        Tpm2b iv = command.parameter(Tpm2bType.IV::read);
        command.endOfParameters();
        new CipherOperation(decrypt, mode, iv, data, ORDER).execute(command);
    }
}
