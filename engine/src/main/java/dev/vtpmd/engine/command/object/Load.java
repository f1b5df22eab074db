package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.ObjectLoading;
import dev.vtpmd.engine.object.PrivateBlob;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;

/** TPM2_Load (Part 3, 12.2). */
public final class Load implements Command {
    private static final int IN_PRIVATE = 1;
    private static final int IN_PUBLIC = 2;

    @Override
    public void execute(CommandContext command) {
        Tpm2b inPrivate = command.parameter(Tpm2bType.PRIVATE::read);
        TpmtPublic inPublic = command.parameter(in -> in.sized(TpmtPublic::readAllowingNullName));
        command.endOfParameters();

        TpmState tpm = command.tpm();
        tpm.objects().requireSlot();
        if (inPrivate.isEmpty()) {
            throw TpmException.parameter(IN_PRIVATE, TpmRc.SIZE);
        }
        TpmObject parent = StorageParent.of(command, 1);
        if (inPublic.nameAlg() == TpmiAlgHash.NULL) {
            throw TpmException.parameter(IN_PUBLIC, TpmRc.HASH);
        }
        ObjectLoading loading = new ObjectLoading(tpm);
        TpmObject object = loading.child(parent, inPublic, unwrap(tpm, parent, inPublic, inPrivate));
        loading.check(parent, object, IN_PUBLIC, IN_PRIVATE);

        command.returnHandle(tpm.objects().add(object));
        object.name().write(command.response());
    }

    private static TpmtSensitive unwrap(TpmState tpm, TpmObject parent, TpmtPublic inPublic, Tpm2b inPrivate) {
        try {
            return new PrivateBlob(tpm).unwrap(parent, tpm.names().of(inPublic), inPrivate);
        } catch (TpmException e) {
            throw e.atParameter(IN_PRIVATE);
        }
    }
}
