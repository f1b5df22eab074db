package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.service.RunDirectory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Options of the commands that talk to the running service. */
final class RunningService {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            defaultValue = RunDirectory.DEFAULT,
            description = "run directory of the service (default: ${DEFAULT-VALUE})")
    private Path runDirectory;

    AdminClient client() {
        return new AdminClient(
                RunDirectory.adminSocket(runDirectory),
                waited -> tell("waiting for the service, " + waited.toSeconds() + " s so far"));
    }

    /** One for a command that tells by itself how far it is. */
    AdminClient quietClient() {
        return new AdminClient(RunDirectory.adminSocket(runDirectory));
    }

    /** Tells how far it is, on the standard error, so that what is printed otherwise can go to a program. */
    void tell(String progress) {
        PrintWriter out = command.commandLine().getErr();
        out.println(command.qualifiedName() + ": " + progress);
        out.flush();
    }
}
