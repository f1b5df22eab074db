package dev.vtpmd.daemon.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The file of a unix socket that is listened on: its permissions, and its removal unless another one has taken its place. */
final class SocketFile {
    private final Path path;
    private final Object inode;

    private SocketFile(Path path, Object inode) {
        this.path = path;
        this.inode = inode;
    }

    /** Gives the file of a socket just bound the owner and mode that {@code endpoint} asks for. */
    static SocketFile prepare(Endpoint.Unix endpoint) throws IOException {
        Path path = endpoint.path().toAbsolutePath();
        Files.setPosixFilePermissions(path, permissions(endpoint.mode()));
        if (endpoint.uid().isPresent()) {
            Files.setAttribute(path, "unix:uid", endpoint.uid().getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
        if (endpoint.gid().isPresent()) {
            Files.setAttribute(path, "unix:gid", endpoint.gid().getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
        return new SocketFile(path, Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromHighestBit = PosixFilePermission.values();
        for (int i = 0; i < fromHighestBit.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                permissions.add(fromHighestBit[i]);
            }
        }
        return permissions;
    }

    /** Removes the file, unless it is another socket's by now. */
    void remove() {
        try {
            if (inode.equals(Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS))) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // It is gone already, or its directory is: nothing is left to remove.
        }
    }
}
