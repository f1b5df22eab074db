package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.Release;
import dev.vtpmd.daemon.process.Failures;
import dev.vtpmd.daemon.process.ProcessName;
import dev.vtpmd.daemon.process.Termination;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program {@code swtpm}. */
public final class Swtpm {
    private Swtpm() {}

    /** Runs the program and ends the process, with status 0 if all went well and 1 otherwise. */
    public static void main(String[] arguments) {
        ProcessName.set("swtpm");
        Termination termination = Termination.bySignals();
        termination.exit(run(Arrays.asList(arguments), System.getenv(), termination));
    }

    /**
     * Runs the program until {@code termination} is asked for.
     *
     * @return its exit status
     */
    public static int run(List<String> arguments, Map<String, String> environment, Termination termination) {
        try {
            String first = arguments.isEmpty() ? "" : arguments.getFirst();
            switch (first) {
                case "socket" -> {
                    SwtpmOptions options = SwtpmOptions.parse(arguments.subList(1, arguments.size()), environment);
                    return new SwtpmProcess(options, termination).run() ? 0 : 1;
                }
                case "-v", "--version" -> printVersion();
                case "-h", "--help" -> System.out.print(Help.TEXT);
                case "" -> throw new UsageException("an interface type is needed: swtpm socket [options]");
                default ->
                    throw new UsageException("interface type '" + first + "' is not supported; there is 'socket'");
            }
            return 0;
        } catch (UsageException e) {
            return failed(e.getMessage(), e);
        } catch (IOException e) {
            return failed(Failures.line(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted", e);
        } catch (RuntimeException e) {
            return failed("internal error: " + e, e);
        }
    }

    static void printVersion() {
        System.out.println("TPM emulator version " + Release.version() + ", vtpmd");
    }

    private static int failed(String line, Exception reason) {
        LoggerFactory.getLogger(Swtpm.class).debug("{}", line, reason);
        System.err.println("swtpm: " + line);
        return 1;
    }
}
