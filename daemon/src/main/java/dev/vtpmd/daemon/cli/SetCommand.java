package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.PermissionsDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code vtpmd set}. */
@Command(
        name = "set",
        description =
                "Changes what may be done with the states of a TPM. What is denied, is from now on; a QEMU that runs"
                        + " must be started anew before it notices that something is allowed.")
final class SetCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Mixin
    private PermissionOptions permissions;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client()
                .permit(name.toString(), new PermissionsDocument(permissions.migration(), permissions.snapshots())));
        return 0;
    }
}
