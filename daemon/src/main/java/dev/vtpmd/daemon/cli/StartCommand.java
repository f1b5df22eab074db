package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.InstanceDocument;
import picocli.CommandLine.Command;

/** {@code vtpmd start}. */
@Command(
        name = "start",
        description = "Tries once more to start an instance that has failed, for example because its port was taken.")
final class StartCommand extends InstanceCommand {
    @Override
    InstanceDocument ask(AdminClient client, String instance) throws AdminException {
        return client.start(instance);
    }
}
