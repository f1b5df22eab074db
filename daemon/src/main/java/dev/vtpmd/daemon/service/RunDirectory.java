package dev.vtpmd.daemon.service;

import dev.vtpmd.store.file.DirectoryLock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of what exists only while a service runs: sockets, the pid file, and a lock against a second service. */
public final class RunDirectory implements AutoCloseable {
    /** Where it is unless told otherwise. */
    public static final String DEFAULT = "/run/vtpmd";

    private final Path directory;
    private final DirectoryLock lock;

    /** Takes {@code directory} for this process, and makes it if it is not there. */
    RunDirectory(Path directory) throws IOException {
        // As it was given: if relative, socket paths stay short, and their length is limited.
        this.directory = directory;
        Files.createDirectories(
                this.directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        this.lock = DirectoryLock.acquire(this.directory, "vtpmd.lock", PosixFilePermissions.fromString("rw-------"));
        // A service that was killed has left them; who sees them must not take this one for ready.
        Files.deleteIfExists(adminSocket());
        Files.deleteIfExists(pidFile());
    }

    /** The administration socket of the service that runs in {@code directory}. No control socket has such a name. */
    public static Path adminSocket(Path directory) {
        return directory.resolve("vtpmd.admin");
    }

    Path adminSocket() {
        return adminSocket(directory);
    }

    Path pidFile() {
        return directory.resolve("vtpmd.pid");
    }

    /** Its path, relative if it was given so. */
    Path path() {
        return directory;
    }

    @Override
    public void close() {
        lock.close();
    }
}
