package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.PrivateBlob;
import dev.vtpmd.engine.object.PublicAreaChecks;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_ObjectChangeAuth (Part 3, 12.8): gives a new private area; the loaded object keeps its authValue. */
public final class ObjectChangeAuth implements Command {
    @Override
    public void execute(CommandContext command) {
        Tpm2b newAuth = command.parameter(Tpm2bType.AUTH::read);
        command.endOfParameters();
        TpmState tpm = command.tpm();
        TpmObject object = command.object(1, TpmRc.TYPE);
        TpmtSensitive changed = object.sensitive().withAuthValue(checked(newAuth, object));
        TpmObject parent = command.object(2, TpmRc.TYPE);
        Tpm2b qualifiedName = tpm.names().qualified(object.nameAlg(), parent.qualifiedName(), object.name());
        if (!parent.storageParent() || !qualifiedName.equals(object.qualifiedName())) {
            throw TpmException.handle(2, TpmRc.TYPE);
        }
        new PrivateBlob(tpm)
                .wrap(parent, object.name(), object.nameAlg(), changed)
                .write(command.response());
    }

    private static Tpm2b checked(Tpm2b newAuth, TpmObject object) {
        try {
            return PublicAreaChecks.authValue(newAuth, object.nameAlg());
        } catch (TpmException e) {
            throw e.atParameter(1);
        }
    }
}
