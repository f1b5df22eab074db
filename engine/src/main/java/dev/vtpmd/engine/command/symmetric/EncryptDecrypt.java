package dev.vtpmd.engine.command.symmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_EncryptDecrypt (Part 3, 15.2). */
public final class EncryptDecrypt implements Command {
    private static final CipherOperation.Order ORDER = new CipherOperation.Order(2, 3, 4);

    @Override
    public void execute(CommandContext command) {
        boolean decrypt = command.yesNoParameter();
        TpmAlgId mode = command.parameter(AlgorithmType.TPMI_ALG_CIPHER_MODE::readOrNull);
        Tpm2b iv = command.parameter(Tpm2bType.IV::read);
        Tpm2b data = command.parameter(Tpm2bType.MAX_BUFFER::read);
        command.endOfParameters();
        new CipherOperation(decrypt, mode, iv, data, ORDER).execute(command);
    }
}
