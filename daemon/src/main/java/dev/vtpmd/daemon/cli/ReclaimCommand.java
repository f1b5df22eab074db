package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.InstanceDocument;
import picocli.CommandLine.Command;

/** {@code vtpmd reclaim}. */
@Command(
        name = "reclaim",
        description =
                "Takes back a TPM that has moved, by a migration or an export. Only if it is used nowhere else: a TPM"
                        + " that exists twice breaks its promises. The service logs this for the audit trail.")
final class ReclaimCommand extends InstanceCommand {
    @Override
    InstanceDocument ask(AdminClient client, String instance) throws AdminException {
        return client.reclaim(instance);
    }
}
