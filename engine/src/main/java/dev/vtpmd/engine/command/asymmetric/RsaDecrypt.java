package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.RsaEncryption;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

import java.util.Arrays;

/** TPM2_RSA_Decrypt (Part 3, 14.3). */
public final class RsaDecrypt implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b encrypted = command.parameter(Tpm2bType.PUBLIC_KEY_RSA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_RSA_DECRYPT));
        Tpm2b label = command.parameter(Tpm2bType.DATA::read);
        command.endOfParameters();
        RsaCipher cipher = RsaCipher.of(command, false, inScheme, label);
        RsaEncryption rsa = command.tpm().rsaEncryption();
        RsaPrivateKey key = cipher.key().key().rsaPrivateKey();
        byte[] message = switch (cipher.scheme().scheme()) {
            case OAEP -> rsa.decryptOaep(key, cipher.scheme().hashAlg(), label.bytes(), encrypted.bytes());
            case RSAES -> rsa.decryptPkcs1(key, encrypted.bytes());
            default -> rsa.decryptRaw(key, encrypted.bytes());
        };
        command.response().sizedBytes(message);
        Arrays.fill(message, (byte) 0);
    }
}
