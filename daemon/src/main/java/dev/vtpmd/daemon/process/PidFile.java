package dev.vtpmd.daemon.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file in which a daemon's pid is found: decimal, without a line end. It is there while the daemon can be reached. */
public final class PidFile implements AutoCloseable {
    private final Path file;

    /** Writes this process's pid to {@code file}, in place of an older one. */
    public PidFile(Path file) throws IOException {
        Files.write(
                file,
                text(),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS);
        this.file = file;
    }

    /** Writes this process's pid to a file or pipe that it has inherited as a descriptor. */
    public static void write(int descriptor) throws IOException {
        Files.write(Path.of("/proc/self/fd/" + descriptor), text(), StandardOpenOption.WRITE);
    }

    private static byte[] text() {
        return Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Removes the file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Whoever reads it finds that there is no such process.
        }
    }
}
