package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.InstanceDocument;
import picocli.CommandLine.Command;

/** {@code vtpmd accept-rollback}. */
@Command(
        name = "accept-rollback",
        description =
                "Takes an instance as it is that was refused because older states of it, or the instance itself, were put"
                        + " back. Counters and lockouts of the guest go back with it. The service logs this for the audit trail.")
final class AcceptRollbackCommand extends InstanceCommand {
    @Override
    InstanceDocument ask(AdminClient client, String instance) throws AdminException {
        return client.acceptRollback(instance);
    }
}
