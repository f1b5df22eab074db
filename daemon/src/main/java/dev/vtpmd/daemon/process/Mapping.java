package dev.vtpmd.daemon.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a process's address space.
 *
 * @param start its first address
 * @param end the address behind it
 */
record Mapping(long start, long end) {
    private static final Pattern READ_ONLY_PROGRAM =
            Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) r-[-x]p \\S+ \\S+ \\d+ +/.*\\.(aot|so)[.0-9]*");

    /**
     * The private mappings of libraries and of start-up caches that cannot be written and have never been: what is in them is
     * in the file too, and they stay as long as the process.
     *
     * @param smaps the lines of /proc/PID/smaps (proc(5))
     */
    static List<Mapping> ofPrograms(List<String> smaps) {
        List<Mapping> found = new ArrayList<>();
        Mapping candidate = null;
        for (String line : smaps) {
            if (isHeader(line)) {
                Matcher header = READ_ONLY_PROGRAM.matcher(line);
                candidate = header.matches()
                        ? new Mapping(
                                Long.parseUnsignedLong(header.group(1), 16),
                                Long.parseUnsignedLong(header.group(2), 16))
                        : null;
            } else if (candidate != null && line.startsWith("Anonymous:") && line.endsWith(" 0 kB")) {
                found.add(candidate);
            }
        }
        return found;
    }

    /** Headers begin with an address, all other lines with a name and a colon. */
    private static boolean isHeader(String line) {
        return line.indexOf('-') > 0 && line.indexOf('-') < line.indexOf(' ');
    }
}
