package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.FirmwareDocument;
import dev.vtpmd.daemon.admin.SettingsDocument;
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
                "Changes what may be done with the states of a TPM, the firmware of its machine, and who may connect to it. What"
                        + " is denied, is from now on; a QEMU that runs must be started anew before it notices that something is"
                        + " allowed.")
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

    @Mixin
    private SocketOptions sockets;

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
        SettingsDocument settings =
                new SettingsDocument(permissions.migration(), permissions.snapshots(), sockets.user(), sockets.group());
        boolean onlyFirmware = settings.isEmpty() && (anyFirmware || firmware.path() != null);
        output.instance(onlyFirmware ? client.show(name.toString()) : client.set(name.toString(), settings));
        return 0;
    }
}
