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
    private static final Pattern READ_ONLY_FILE =
            Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) r--p \\S+ \\S+ \\d+ +(/.*)");
    private static final Pattern UNCHANGED = Pattern.compile("Anonymous: +0 kB");

    /**
     * The private mappings of files whose names end in {@code suffix} that cannot be written and have never been: what is in
     * them is in the file too.
     *
     * @param smaps the lines of /proc/PID/smaps (proc(5))
     */
    static List<Mapping> unchanged(List<String> smaps, String suffix) {
        List<Mapping> found = new ArrayList<>();
        Mapping candidate = null;
        for (String line : smaps) {
            Matcher header = READ_ONLY_FILE.matcher(line);
            if (header.matches()) {
                candidate = header.group(3).endsWith(suffix)
                        ? new Mapping(
                                Long.parseUnsignedLong(header.group(1), 16),
                                Long.parseUnsignedLong(header.group(2), 16))
                        : null;
            } else if (isHeader(line)) {
                candidate = null;
            } else if (candidate != null && UNCHANGED.matcher(line).matches()) {
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
