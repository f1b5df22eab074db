package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.peer.Accounts;

import java.io.IOException;
import java.nio.file.FileSystemException;
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
        own(endpoint);
        return new SocketFile(path, Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS));
    }

    /** Gives the file the owner and mode that {@code endpoint} asks for. */
    static void own(Endpoint.Unix endpoint) throws IOException {
        Path path = endpoint.path().toAbsolutePath();
        // The mode can be changed by the owner alone, so that it comes first. Nobody gets in on the way who should not.
        if (!Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(Accounts.ownUser())) {
            Files.setAttribute(path, "unix:uid", Accounts.ownUser(), LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(path, permissions(endpoint.mode()));
        if (endpoint.gid().isPresent()) {
            Files.setAttribute(path, "unix:gid", endpoint.gid().getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
        if (endpoint.uid().isPresent()) {
            Files.setAttribute(path, "unix:uid", endpoint.uid().getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Says why that cannot be done. */
    static String refusal(Endpoint.Unix endpoint, IOException reason) {
        String user = endpoint.uid().isPresent()
                ? " user " + Accounts.userName(endpoint.uid().getAsInt())
                : "";
        String group = endpoint.gid().isPresent()
                ? " group " + Accounts.groupName(endpoint.gid().getAsInt())
                : "";
        String why = reason instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason()
                : reason.getMessage();
        return "cannot give " + endpoint.path() + " to" + user + group + ": " + why
                + " (a service that is not root needs CAP_CHOWN for a user, and for a group to be in it)";
    }

    /** Whether it is at {@code other}. */
    boolean is(Path other) {
        return path.equals(other.toAbsolutePath());
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
