package dev.vtpmd.daemon.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What this process uses of the machine (proc(5)). Asking the management beans would load hundreds of classes. */
final class OwnUse {
    /** USER_HZ of Linux on x86-64. */
    private static final int TICKS_PER_SECOND = 100;

    private static final int PAGE_SIZE = 4096;
    /** Of /proc/self/stat, counted from behind the program's name: user and system time. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    /** Of /proc/self/statm: all resident pages, and those of them that belong to files. */
    private static final int RESIDENT = 1;

    private static final int SHARED = 2;

    private OwnUse() {}

    /** Processor time of all threads since the start, to a hundredth of a second. */
    static Duration processorTime() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        // The name may have spaces and parentheses in it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        return Duration.ofMillis(ticks * (1000 / TICKS_PER_SECOND));
    }

    /** Bytes of memory, of files too. */
    static long bytes() throws IOException {
        return pages(RESIDENT) * PAGE_SIZE;
    }

    /** Bytes of memory that no file has too. */
    static long anonymousBytes() throws IOException {
        return (pages(RESIDENT) - pages(SHARED)) * PAGE_SIZE;
    }

    private static long pages(int field) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[field]);
    }
}
