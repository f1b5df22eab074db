package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.ObjectCreation;
import dev.vtpmd.engine.object.ObjectLoading;
import dev.vtpmd.engine.object.ObjectTemplate;
import dev.vtpmd.engine.object.PrivateBlob;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmHt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.object.TpmsSensitiveCreate;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_CreateLoaded (Part 3, 12.9): makes a primary object, an ordinary one, or one derived from its parent, and loads it. */
public final class CreateLoaded implements Command {
    private static final int PARENT = 1;
    private static final int IN_PUBLIC = 2;

    @Override
    public void execute(CommandContext command) {
        TpmsSensitiveCreate inSensitive = command.parameter(in -> in.sized(TpmsSensitiveCreate::read));
        Tpm2b inPublic = command.parameter(Tpm2bType.TEMPLATE::read);
        command.endOfParameters();

        TpmState tpm = command.tpm();
        TpmObject parent = parent(command);
        boolean derived = parent != null && parent.derivationParent();
        tpm.objects().requireSlot();
        ObjectTemplate template = new ObjectTemplate(readTemplate(tpm, inPublic, derived), inSensitive);
        template.checkAuth();
        ObjectLoading loading = new ObjectLoading(tpm);
        Tpm2b outPrivate = Tpm2b.EMPTY;
        TpmObject object;
        if (parent == null) {
            template.checkPublic(null);
            int hierarchy = command.handle(PARENT);
            ObjectCreation.Created created = template.createPrimary(tpm, hierarchy);
            object = loading.primary(hierarchy, created.publicArea(), created.sensitive());
        } else if (derived) {
            ObjectCreation.Created created = template.createDerived(tpm, parent);
            object = loading.child(parent, created.publicArea(), created.sensitive());
        } else {
            template.checkPublic(parent);
            ObjectCreation.Created created = template.createOrdinary(tpm);
            object = loading.child(parent, created.publicArea(), created.sensitive());
            outPrivate = new PrivateBlob(tpm).wrap(parent, object.name(), object.nameAlg(), object.sensitive());
        }

        command.returnHandle(tpm.objects().add(object));
        TpmWriter out = command.response();
        outPrivate.write(out);
        out.sized(object.publicArea()::write);
        object.name().write(out);
    }

    /** The parent object, or null if the parent is a hierarchy. */
    private static TpmObject parent(CommandContext command) {
        if (TpmHt.PERMANENT.holds(command.handle(PARENT))) {
            return null;
        }
        TpmObject parent = command.object(PARENT, TpmRc.TYPE);
        if (!parent.storageParent() && !parent.derivationParent()) {
            throw TpmException.handle(PARENT, TpmRc.TYPE);
        }
        return parent;
    }

    private static TpmtPublic readTemplate(TpmState tpm, Tpm2b inPublic, boolean derived) {
        TpmReader in = new TpmReader(inPublic.bytes(), tpm.profile());
        try {
            TpmtPublic template = derived ? TpmtPublic.readDerivationTemplate(in) : TpmtPublic.read(in);
            if (in.remaining() == 0) {
                return template;
            }
        } catch (TpmException e) {
            throw e.atParameter(IN_PUBLIC);
        }
        throw TpmException.parameter(IN_PUBLIC, TpmRc.SIZE);
    }
}
