package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.ArgumentsDocument;
import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.InstanceStatus;
import dev.vtpmd.daemon.instance.Instances;

import java.util.List;
import java.util.Optional;

/** How an instance is attached to QEMU. */
final class QemuResource implements Resource {
    private final Instances instances;

    QemuResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(Route.get("/v1/instances/{name}/qemu-args", ArgumentsDocument.class, this::arguments));
    }

    private Answer arguments(Call<Void> call) throws InstanceException {
        InstanceStatus status = instances.find(call.name());
        if (status.controlSocket().isEmpty()) {
            return Answer.refused(
                    409, call.name() + " cannot be used: " + status.problem().orElse("it has no control socket"));
        }
        String socket = status.controlSocket().get().toString();
        Optional<CheckedFirmware> firmware = instances.firmwareToStart(call.name());
        return Answer.of(new ArgumentsDocument(
                QemuArguments.of(socket, firmware),
                firmware.map(image -> image.file().toString()).orElse(null)));
    }
}
