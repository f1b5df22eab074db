package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code vtpmd accept-rollback}. */
@Command(
        name = "accept-rollback",
        description =
                "Takes an instance as it is that was refused because older states of it, or the instance itself, were put"
                        + " back. Counters and lockouts of the guest go back with it. The service logs this for the audit trail.")
final class AcceptRollbackCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Override
    public Integer call() throws AdminException {
        output.instance(service.client().acceptRollback(name.toString()));
        return 0;
    }
}
