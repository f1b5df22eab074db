package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.object.CredentialBlob;
import dev.vtpmd.engine.object.SecretExchange;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_MakeCredential (Part 3, 12.6): what a certificate authority does, for which the public part of the key is enough. */
public final class MakeCredential implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b credential = command.parameter(Tpm2bType.DIGEST::read);
        Tpm2b objectName = command.parameter(Tpm2bType.NAME::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        TpmObject key = CredentialKey.of(command, 1);
        if (credential.size() > key.nameAlg().digestSize()) {
            throw TpmException.parameter(1, TpmRc.SIZE);
        }
        SecretExchange.Encrypted seed = tpm.secretExchange().encrypt(key, KdfLabel.IDENTITY);
        Tpm2b blob = new CredentialBlob(tpm).protect(key, seed.secret(), objectName, credential);
        seed.secret().wipe();
        blob.write(command.response());
        seed.encrypted().write(command.response());
    }
}
