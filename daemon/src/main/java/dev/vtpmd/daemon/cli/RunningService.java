package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.service.RunDirectory;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Options of the commands that talk to the running service. */
final class RunningService {
    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = RunDirectory.DEFAULT,
            description = "run directory of the service (default: ${DEFAULT-VALUE})")
    private Path runDirectory;

    AdminClient client() {
        return new AdminClient(RunDirectory.adminSocket(runDirectory));
    }
}
