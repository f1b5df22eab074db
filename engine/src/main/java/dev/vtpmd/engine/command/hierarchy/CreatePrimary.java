package dev.vtpmd.engine.command.hierarchy;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.CreationEvidence;
import dev.vtpmd.engine.object.ObjectCreation;
import dev.vtpmd.engine.object.ObjectLoading;
import dev.vtpmd.engine.object.ObjectTemplate;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.object.TpmsSensitiveCreate;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_CreatePrimary (Part 3, 24.1). */
public final class CreatePrimary implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmsSensitiveCreate inSensitive = command.parameter(in -> in.sized(TpmsSensitiveCreate::read));
        TpmtPublic inPublic = command.parameter(in -> in.sized(TpmtPublic::read));
        Tpm2b outsideInfo = command.parameter(Tpm2bType.DATA::read);
        TpmlPcrSelection creationPcr = command.parameter(TpmlPcrSelection::read);
        command.endOfParameters();

        TpmState tpm = command.tpm();
        int hierarchy = command.handle(1);
        tpm.objects().requireSlot();
        ObjectTemplate template = new ObjectTemplate(inPublic, inSensitive);
        template.checkPublic(null);
        template.checkAuth();
        ObjectCreation.Created created = template.createPrimary(tpm, hierarchy);
        TpmObject object = new ObjectLoading(tpm).primary(hierarchy, created.publicArea(), created.sensitive());
        CreationEvidence evidence = CreationEvidence.of(
                tpm,
                CreationEvidence.Parent.ofHierarchy(hierarchy),
                new CreationEvidence.Circumstances(command.locality(), creationPcr, outsideInfo),
                object.nameAlg(),
                object.name());

        command.returnHandle(tpm.objects().add(object));
        TpmWriter out = command.response();
        out.sized(object.publicArea()::write);
        evidence.write(out);
        object.name().write(out);
    }
}
