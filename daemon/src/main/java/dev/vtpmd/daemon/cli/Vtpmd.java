package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.Release;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.firmware.FirmwareException;
import dev.vtpmd.daemon.process.Failures;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

import java.io.IOException;
import java.io.PrintWriter;

/** The program {@code vtpmd}. */
@Command(
        name = "vtpmd",
        description = "Gives every virtual machine of this host its own TPM 2.0.",
        mixinStandardHelpOptions = true,
        versionProvider = Vtpmd.Version.class,
        subcommands = {
            ServeCommand.class,
            CreateCommand.class,
            ListCommand.class,
            ShowCommand.class,
            StartCommand.class,
            DestroyCommand.class,
            EkCommand.class,
            CaCommand.class,
            QemuArgsCommand.class,
            CheckFirmwareCommand.class,
            CaptureCommand.class,
            ImportSwtpmCommand.class,
            RekeyCommand.class,
            InspectCommand.class,
            AcceptRollbackCommand.class,
            SetCommand.class,
            ReclaimCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            RehearseCommand.class
        },
        scope = ScopeType.INHERIT)
public final class Vtpmd {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int UNREACHABLE = 3;
    private static final int UNKNOWN = 4;
    private static final int TAKEN = 5;
    private static final int NOT_PERMITTED = 6;

    private Vtpmd() {}

    /**
     * Runs the program and ends the process: status 0 if all went well, 2 if the command line is wrong, 3 if the service cannot be
     * reached, 4 if there is no such instance, 5 if a name, UUID or port is taken, 6 if the caller may not, 1 for the rest.
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The commands. */
    static CommandLine commandLine() {
        return new CommandLine(new Vtpmd())
                .setParameterExceptionHandler((problem, words) -> misused(problem))
                .setExecutionExceptionHandler((problem, command, words) -> failed(problem, command));
    }

    private static int misused(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        print(
                command.getErr(),
                name + ": " + problem.getMessage().lines().findFirst().orElse("wrong arguments") + " (see: " + name
                        + " --help)");
        return MISUSED;
    }

    /** The exit status of what the service, or the way to it, refuses. */
    private static int status(Exception problem) {
        if (!(problem instanceof AdminException refusal)) {
            return FAILED;
        }
        return switch (refusal.kind()) {
            case FAILED -> FAILED;
            case UNREACHABLE -> UNREACHABLE;
            case UNKNOWN -> UNKNOWN;
            case TAKEN -> TAKEN;
            case NOT_PERMITTED -> NOT_PERMITTED;
        };
    }

    static int failed(Exception problem, CommandLine command) {
        String line = switch (problem) {
            case AdminException e -> e.getMessage();
            case FirmwareException e -> e.getMessage();
            case IOException e -> Failures.line(e);
            case InterruptedException e -> "interrupted";
            default -> "internal error: " + problem;
        };
        LoggerFactory.getLogger(Vtpmd.class).debug("{}", line, problem);
        print(command.getErr(), command.getCommandSpec().qualifiedName() + ": " + line);
        return status(problem);
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    /** Prints the version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"vtpmd " + Release.version()};
        }
    }
}
