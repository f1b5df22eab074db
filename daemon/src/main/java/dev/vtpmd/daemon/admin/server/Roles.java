package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.peer.Peer;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Who may do what at the administration socket. Root and the user of the service may do everything.
 *
 * @param administrators the group of those who may do everything too
 * @param observers the group of those who may look
 */
public record Roles(OptionalInt administrators, OptionalInt observers) {
    /** Nobody but root and the user of the service. */
    public static final Roles NONE = new Roles(OptionalInt.empty(), OptionalInt.empty());

    /** What {@code peer} may do. */
    Role of(Peer peer) {
        if (peer.own() || in(administrators, peer)) {
            return Role.ADMINISTRATOR;
        }
        return in(observers, peer) ? Role.OBSERVER : Role.STRANGER;
    }

    private static boolean in(OptionalInt group, Peer peer) {
        return group.isPresent() && peer.groups().contains(group.getAsInt());
    }

    /** The group that the socket's file is to have, if it is to be changed. */
    OptionalInt socketGroup() {
        return administrators.isPresent() ? administrators : observers;
    }

    /** The permissions of the socket's file. A file has one group: where there are two, everybody may connect, to be sorted then. */
    Set<PosixFilePermission> socketPermissions() {
        boolean two = administrators.isPresent() && observers.isPresent() && !administrators.equals(observers);
        String bits = two ? "rw-rw-rw-" : socketGroup().isPresent() ? "rw-rw----" : "rw-------";
        return PosixFilePermissions.fromString(bits);
    }
}
