package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.ExportDocument;
import dev.vtpmd.daemon.admin.ExportFileDocument;
import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.admin.TransferDocument;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.instance.Permissions;
import dev.vtpmd.store.export.ExportException;
import dev.vtpmd.store.export.ExportedTpm;
import dev.vtpmd.store.export.TransferKey;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

import java.util.List;
import java.util.Optional;

/** TPMs that go to another service in a file, come from one, or are taken back. */
final class TransferResource implements Resource {
    private final Instances instances;

    TransferResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.post(
                        "export",
                        "/v1/instances/{name}/export",
                        ExportDocument.class,
                        ExportFileDocument.class,
                        this::export),
                Route.post("import", "/v1/transfers", TransferDocument.class, InstanceDocument.class, this::takeIn),
                Route.post(
                        "reclaim", "/v1/instances/{name}/reclaim", Void.class, InstanceDocument.class, this::reclaim));
    }

    private Answer export(Call<ExportDocument> call) throws InstanceException {
        ExportDocument wanted = call.document();
        if (wanted.recipient() == null) {
            throw new IllegalArgumentException("the public key of a recipient is needed");
        }
        try {
            X25519PublicKeyParameters recipient = TransferKey.publicKey("the recipient's key", wanted.recipient());
            Optional<X25519PrivateKeyParameters> sender = wanted.sender() == null
                    ? Optional.empty()
                    : Optional.of(TransferKey.privateKey("the sender's key", wanted.sender()));
            return Answer.of(new ExportFileDocument(instances.export(call.name(), recipient, sender)));
        } catch (ExportException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            wanted.wipe();
        }
    }

    private Answer takeIn(Call<TransferDocument> call) throws InstanceException {
        TransferDocument wanted = call.document();
        if (wanted.name() == null
                || wanted.uuid() == null
                || wanted.id() == null
                || wanted.settings() == null
                || wanted.permanentState() == null) {
            throw new IllegalArgumentException("the transfer of a TPM lacks something");
        }
        try (ExportedTpm tpm = wanted.tpm()) {
            return Answer.created(InstanceDocument.of(instances.importTpm(
                    new InstanceConfiguration(
                            tpm.instance(),
                            tpm.name(),
                            InstanceFields.port(wanted.mssim()),
                            InstanceFields.port(wanted.tcp()),
                            Permissions.of(tpm.settings())),
                    tpm)));
        }
    }

    private Answer reclaim(Call<Void> call) throws InstanceException {
        return Answer.of(InstanceDocument.of(instances.reclaim(call.name())));
    }
}
