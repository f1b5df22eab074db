package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code vtpmd reclaim}. */
@Command(
        name = "reclaim",
        description =
                "Takes back a TPM that has moved, by a migration or an export. Only if it is used nowhere else: a TPM"
                        + " that exists twice breaks its promises. The service logs this for the audit trail.")
final class ReclaimCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client().reclaim(name.toString()));
        return 0;
    }
}
