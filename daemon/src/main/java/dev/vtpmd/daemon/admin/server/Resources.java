package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.provision.Provisioner;

import java.util.List;

/** All that the administration interface has. */
final class Resources {
    private Resources() {}

    /** The resources of a service with these instances, and what makes new ones. */
    static List<Resource> of(Instances instances, LocalAuthority authority, Provisioner provisioner) {
        return List.of(
                new InstanceResource(instances),
                new CreateResource(instances, provisioner),
                new KeysResource(instances),
                new AuthorityResource(authority),
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
