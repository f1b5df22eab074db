package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.instance.Instances;

import java.util.List;

/** All that the administration interface has. */
final class Resources {
    private Resources() {}

    /** The resources of a service with these instances. */
    static List<Resource> of(Instances instances) {
        return List.of(
                new InstanceResource(instances),
                new QemuResource(instances),
                new FirmwareResource(instances),
                new CaptureResource(instances),
                new MetricsResource(instances),
                new TransferResource(instances),
                new LibtpmsImportResource(instances),
                new RollbackResource(instances),
                new HostKeyResource(instances),
                new InterfaceResource());
    }
}
