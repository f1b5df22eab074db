package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.RsaEncryption;
import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;

/** TPM2_RSA_Encrypt (Part 3, 14.2). */
public final class RsaEncrypt implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b message = command.parameter(Tpm2bType.PUBLIC_KEY_RSA::read);
        TpmtAsymScheme inScheme =
                command.parameter(in -> TpmtAsymScheme.readOrNull(in, AlgorithmType.TPMI_ALG_RSA_DECRYPT));
        Tpm2b label = command.parameter(Tpm2bType.DATA::read);
        command.endOfParameters();
        RsaCipher cipher = RsaCipher.of(command, true, inScheme, label);
        RsaEncryption rsa = command.tpm().rsaEncryption();
        RsaPublicKey key = cipher.key().key().rsaPublicKey();
        byte[] encrypted = switch (cipher.scheme().scheme()) {
            case OAEP -> rsa.encryptOaep(key, cipher.scheme().hashAlg(), label.bytes(), message.bytes());
            case RSAES -> rsa.encryptPkcs1(key, message.bytes());
            default -> rsa.encryptRaw(key, message.bytes());
        };
        command.response().sizedBytes(encrypted);
    }
}
