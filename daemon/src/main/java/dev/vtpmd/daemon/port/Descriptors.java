package dev.vtpmd.daemon.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many descriptors this process may have. Clients do not get the last of them: without those nobody could administer the instances,
 * and no state could be stored. Linux gives out the lowest number that is free, so a high one tells that all below are in use.
 *
 * @param limit RLIMIT_NOFILE
 */
record Descriptors(int limit) {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("Max open files +([0-9]+) .*");
    /** As many connections as the administration socket takes, and files that are written at the same time. */
    private static final int RESERVE = 160;

    /** Java has raised the limit to the highest that is allowed by now. */
    static Descriptors ofThisProcess() {
        try {
            List<String> lines = Files.readAllLines(LIMITS);
            for (String line : lines) {
                Matcher limit = LIMIT.matcher(line);
                if (limit.matches()) {
                    return new Descriptors((int) Math.min(Integer.MAX_VALUE, Long.parseLong(limit.group(1))));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Then only the kernel says when it is enough.
        }
        return new Descriptors(Integer.MAX_VALUE);
    }

    /** Whether a client, or a port for clients, may have the descriptor with this number. */
    boolean mayUse(int descriptor) {
        return descriptor < limit - Math.min(RESERVE, limit / 4);
    }

    /** Why not, in words. */
    String reason() {
        return "descriptors have run out: the service may have " + limit
                + " (LimitNOFILE in its unit, or ulimit -n), and keeps the last ones for itself";
    }
}
