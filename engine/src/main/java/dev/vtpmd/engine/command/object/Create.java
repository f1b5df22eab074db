package dev.vtpmd.engine.command.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.Command;
import dev.vtpmd.engine.command.CommandContext;
import dev.vtpmd.engine.object.CreationEvidence;
import dev.vtpmd.engine.object.ObjectCreation;
import dev.vtpmd.engine.object.ObjectTemplate;
import dev.vtpmd.engine.object.PrivateBlob;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsSensitiveCreate;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.structure.TpmlPcrSelection;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmWriter;

/** TPM2_Create (Part 3, 12.1). */
public final class Create implements Command {
    @Override
    public void execute(CommandContext command) {
        TpmsSensitiveCreate inSensitive = command.parameter(in -> in.sized(TpmsSensitiveCreate::read));
        TpmtPublic inPublic = command.parameter(in -> in.sized(TpmtPublic::read));
        Tpm2b outsideInfo = command.parameter(Tpm2bType.DATA::read);
        TpmlPcrSelection creationPcr = command.parameter(TpmlPcrSelection::read);
        command.endOfParameters();

        TpmState tpm = command.tpm();
        TpmObject parent = StorageParent.of(command, 1);
        tpm.objects().requireSlot();
        ObjectTemplate template = new ObjectTemplate(inPublic, inSensitive);
        template.checkPublic(parent);
        template.checkAuth();
        ObjectCreation.Created created = template.createOrdinary(tpm);
        TpmiAlgHash nameAlg = inPublic.nameAlg();
        Tpm2b name = tpm.names().of(created.publicArea());
        Tpm2b outPrivate = new PrivateBlob(tpm).wrap(parent, name, nameAlg, created.sensitive());
        CreationEvidence evidence = CreationEvidence.of(
                tpm,
                CreationEvidence.Parent.of(parent),
                new CreationEvidence.Circumstances(command.locality(), creationPcr, outsideInfo),
                nameAlg,
                name);
        created.sensitive().wipe();

        TpmWriter out = command.response();
        outPrivate.write(out);
        out.sized(created.publicArea()::write);
        evidence.write(out);
    }
}
