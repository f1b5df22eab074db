package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.object.CredentialBlob;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_ActivateCredential (Part 3, 12.5). */
public final class ActivateCredential implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b credentialBlob = command.parameter(Tpm2bType.ID_OBJECT::read);
        Tpm2b secret = command.parameter(Tpm2bType.ENCRYPTED_SECRET::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        TpmObject key = CredentialKey.of(command, 2);
        Tpm2b seed = decrypt(tpm, key, secret);
        try {
            Tpm2b name = command.loadedObject(1).name();
            Tpm2b credential = new CredentialBlob(tpm).unprotect(key, seed, name, credentialBlob);
            credential.write(command.response());
            credential.wipe();
        } catch (TpmException e) {
            throw e.atParameter(1);
        } finally {
            seed.wipe();
        }
    }

    private static Tpm2b decrypt(TpmState tpm, TpmObject key, Tpm2b secret) {
        try {
            return tpm.secretExchange().decrypt(key, KdfLabel.IDENTITY, secret);
        } catch (TpmException e) {
            throw e.atParameter(2);
        }
    }
}
