package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.CreateDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Option(
            names = "--mssim",
            paramLabel = "PORT",
            description = "also serve the protocol of the TCG reference simulator: commands on TCP port PORT of the"
                    + " loopback interface, platform signals on PORT+1")
    private Integer mssim;

    @Option(
            names = "--tcp",
            paramLabel = "PORT",
            description =
                    "also serve swtpm's protocol over TCP: data on port PORT of the loopback interface, control on"
                            + " PORT+1; the TPM is started without waiting for a client")
    private Integer tcp;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client().create(new CreateDocument(name, uuid, mssim, tcp)));
        return 0;
    }
}
