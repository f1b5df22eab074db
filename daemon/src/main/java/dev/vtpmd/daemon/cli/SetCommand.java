package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.FirmwareDocument;
import dev.vtpmd.daemon.admin.PermissionsDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code vtpmd set}. */
@Command(
        name = "set",
        description =
                "Changes what may be done with the states of a TPM, and the firmware of its machine. What is denied, is from"
                        + " now on; a QEMU that runs must be started anew before it notices that something is allowed.")
final class SetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Mixin
    private PermissionOptions permissions;

    @Mixin
    private FirmwareOptions firmware;

    @Option(names = "--any-firmware", description = "the machine may start with any firmware")
    private boolean anyFirmware;

    @Override
    public Integer call() throws AdminException {
        if (anyFirmware && firmware.path() != null) {
            throw new ParameterException(command.commandLine(), "--firmware and --any-firmware exclude each other");
        }
        AdminClient client = service.client();
        if (anyFirmware) {
            client.unbindFirmware(name.toString());
        } else if (firmware.path() != null) {
            client.bindFirmware(name.toString(), new FirmwareDocument(firmware.path(), null));
        }
        boolean other = permissions.migration() != null || permissions.snapshots() != null;
        boolean onlyFirmware = !other && (anyFirmware || firmware.path() != null);
        output.instance(
                onlyFirmware
                        ? client.show(name.toString())
                        : client.permit(
                                name.toString(),
                                new PermissionsDocument(permissions.migration(), permissions.snapshots())));
        return 0;
    }
}
