package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.ObjectLoading;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.handle.HandleType;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Optional;

/** TPM2_LoadExternal (Part 3, 12.3). */
public final class LoadExternal implements Command {
    private static final int IN_PRIVATE = 1;
    private static final int IN_PUBLIC = 2;
    private static final int HIERARCHY = 3;

    @Override
    public void execute(CommandContext command) {
        Optional<TpmtSensitive> inPrivate = command.parameter(TpmtSensitive::readSized);
        TpmtPublic inPublic = command.parameter(in -> in.sized(TpmtPublic::readAllowingNullName));
        int hierarchy = command.intParameter(HandleType.TPMI_RH_HIERARCHY::readOrNull);
        command.endOfParameters();

        TpmState tpm = command.tpm();
        tpm.objects().requireSlot();
        // The objects of a hierarchy do not leave it with their secrets, so one with secrets cannot be of a hierarchy.
        if (!tpm.hierarchies().enabled(hierarchy) || inPrivate.isPresent() && hierarchy != TpmRh.NULL) {
            throw TpmException.parameter(HIERARCHY, TpmRc.HIERARCHY);
        }
        if (inPrivate.isPresent()) {
            TpmaObject attributes = inPublic.objectAttributes();
            if (attributes.fixedTpm() || attributes.fixedParent() || attributes.restricted()) {
                throw TpmException.parameter(IN_PUBLIC, TpmRc.ATTRIBUTES);
            }
        }
        ObjectLoading loading = new ObjectLoading(tpm);
        TpmObject object = loading.external(hierarchy, inPublic, inPrivate.orElse(null));
        loading.check(null, object, IN_PUBLIC, IN_PRIVATE);

        command.returnHandle(tpm.objects().add(object));
        object.name().write(command.response());
    }
}
