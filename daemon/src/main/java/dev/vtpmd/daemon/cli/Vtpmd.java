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
    private Vtpmd() {}

    /** Runs the program and ends the process with an {@link ExitStatus}. */
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
        return ExitStatus.MISUSED.code();
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
        return ExitStatus.of(problem).code();
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
