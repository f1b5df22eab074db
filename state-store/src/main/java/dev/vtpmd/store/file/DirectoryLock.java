package dev.vtpmd.store.file;

import dev.vtpmd.store.DirectoryInUseException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds a directory for this process: an advisory lock (fcntl) on a file in it, which contains the pid of the holder in
 * decimal. The kernel drops the lock when the process ends, however it ends; over NFS the server does when the client's
 * lease ends. The file itself stays, since deleting it would let two processes lock two files of the same name.
 */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks {@code directory} by its file {@code name}, which is created with {@code permissions} if it is not there.
     *
     * @throws DirectoryInUseException if it is locked already, by another process or by this one
     */
    public static DirectoryLock acquire(Path directory, String name, Set<PosixFilePermission> permissions)
            throws IOException {
        Path file = directory.resolve(name);
        if (isOpenInThisProcess(file)) {
            throw new DirectoryInUseException(
                    directory, OptionalLong.of(ProcessHandle.current().pid()));
        }
        FileChannel channel = open(file, permissions);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new DirectoryInUseException(directory, holder(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(channel);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new DirectoryInUseException(
                    directory, OptionalLong.of(ProcessHandle.current().pid()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path file, Set<PosixFilePermission> permissions) throws IOException {
        try {
            return FileChannel.open(
                    file,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(permissions));
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    /** Lets go of the directory. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone whatever close answers, and with it the lock.
        }
    }

    /**
     * Looks among this process's descriptors, since opening and closing the file once more would drop the lock that this
     * process may have on it (fcntl(2): "if a process closes any file descriptor referring to a file, then all of the
     * process's locks on that file are released").
     */
    private static boolean isOpenInThisProcess(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Path real = file.toRealPath();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(real);
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    private static OptionalLong holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[1-9][0-9]{0,9}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
    }
}
