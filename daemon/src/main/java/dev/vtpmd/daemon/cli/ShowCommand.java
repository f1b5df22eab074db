package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.InstanceDocument;
import picocli.CommandLine.Command;

/** {@code vtpmd show}. */
@Command(name = "show", description = "Shows an instance.")
final class ShowCommand extends InstanceCommand {
    @Override
    InstanceDocument ask(AdminClient client, String instance) throws AdminException {
        return client.show(instance);
    }
}
