package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.ImportDocument;
import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.instance.InstanceConfiguration;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;

import java.util.List;
import java.util.Optional;

/** New instances of TPMs that libtpms has had. */
final class LibtpmsImportResource implements Resource {
    private final Instances instances;

    LibtpmsImportResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(Route.post(
                "import-swtpm", "/v1/imports", ImportDocument.class, InstanceDocument.class, this::takeOver));
    }

    private Answer takeOver(Call<ImportDocument> call) throws InstanceException {
        ImportDocument wanted = call.document();
        if (wanted.name() == null || wanted.permanentState() == null) {
            throw new IllegalArgumentException("a name and a permanent state are needed");
        }
        try {
            return Answer.created(InstanceDocument.of(instances.takeOver(
                    new InstanceConfiguration(
                            InstanceFields.uuid(wanted.uuid()),
                            wanted.name(),
                            InstanceFields.port(wanted.mssim()),
                            InstanceFields.port(wanted.tcp())),
                    TpmModel.named(wanted.profile(), null).profile(),
                    wanted.permanentState(),
                    Optional.ofNullable(wanted.volatileState()))));
        } finally {
            wanted.wipe();
        }
    }
}
