package dev.vtpmd.daemon.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name under which ps and ss show this process. */
public final class ProcessName {
    private ProcessName() {}

    /** Shows this process as {@code name}, of which the kernel keeps 15 bytes, instead of as {@code java}. */
    public static void set(String name) {
        try {
            Files.write(Path.of("/proc/self/comm"), name.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Without /proc it stays "java"; nothing but its looks depends on it.
        }
    }
}
