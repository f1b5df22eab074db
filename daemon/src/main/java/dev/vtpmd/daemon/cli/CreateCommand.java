package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.CreateDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code vtpmd create}. */
@Command(name = "create", description = "Creates an instance: a new TPM for a virtual machine.")
final class CreateCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Parameters(
            paramLabel = "NAME",
            description = "what to call it: up to 64 letters, digits, '.', '_' and '-', not beginning with '.' or '-'")
    private String name;

    @Option(
            names = "--uuid",
            paramLabel = "UUID",
            description = "the UUID of the virtual machine (default: a random one)")
    private String uuid;

    @Mixin
    private PortOptions ports;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "the algorithms that the TPM offers, for life: for example 'default', what a PC's TPM has, or 'full'")
    private String profile;

    @Option(
            names = "--pcr-banks",
            paramLabel = "BANK",
            split = ",",
            description =
                    "the PCR banks in use until the guest or its firmware says otherwise, for example sha256,sha384"
                            + " (default: sha256)")
    private List<String> pcrBanks;

    @Option(
            names = "--incoming",
            description = "create no TPM: one that a migration brings takes this place; with --uuid, only that one")
    private boolean incoming;

    @Mixin
    private ProvisionOptions provisions;

    @Mixin
    private PermissionOptions permissions;

    @Mixin
    private FirmwareOptions firmware;

    @Mixin
    private SocketOptions sockets;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client()
                .create(new CreateDocument(
                        name,
                        uuid,
                        ports.mssim(),
                        ports.tcp(),
                        profile,
                        pcrBanks,
                        provisions.endorsementKeys(),
                        provisions.storageRootKey(),
                        provisions.deviceIdentity(),
                        provisions.template(),
                        permissions.migration(),
                        permissions.snapshots(),
                        firmware.path(),
                        sockets.user(),
                        sockets.group(),
                        incoming)));
        return 0;
    }
}
