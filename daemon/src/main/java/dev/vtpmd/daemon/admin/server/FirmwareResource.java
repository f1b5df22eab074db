package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.admin.FirmwareDocument;
import dev.vtpmd.daemon.admin.InstanceDocument;
import dev.vtpmd.daemon.instance.InstanceException;
import dev.vtpmd.daemon.instance.Instances;

import java.util.List;
import java.util.Optional;

/** The firmware that an instance's machine starts with. */
final class FirmwareResource implements Resource {
    private static final String PATH = "/v1/instances/{name}/firmware";

    private final Instances instances;

    FirmwareResource(Instances instances) {
        this.instances = instances;
    }

    @Override
    public List<Route<?>> routes() {
        return List.of(
                Route.put("bind-firmware", PATH, FirmwareDocument.class, InstanceDocument.class, this::bind),
                Route.delete("unbind-firmware", PATH, this::unbind));
    }

    private Answer bind(Call<FirmwareDocument> call) throws InstanceException {
        if (call.document().file() == null) {
            throw new IllegalArgumentException("the file of the firmware is needed");
        }
        instances.find(call.name());
        return Answer.of(InstanceDocument.of(instances.bindFirmware(
                call.name(),
                Optional.of(instances.checkedFirmware(call.document().file())))));
    }

    private Answer unbind(Call<Void> call) throws InstanceException {
        instances.bindFirmware(call.name(), Optional.empty());
        return Answer.done();
    }
}
