package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.peer.Accounts;
import dev.vtpmd.daemon.peer.Peer;
import dev.vtpmd.daemon.port.Admission;
import dev.vtpmd.daemon.port.Endpoint;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Who may connect to an instance's control socket: a user, a group, or both; besides them always root and the user of the service,
 * who could read the states anyway. The permissions of the socket's file say so, and so does a check of who has connected.
 *
 * @param user its number
 * @param group its number
 */
public record Clients(OptionalInt user, OptionalInt group) implements Admission {
    /** Nobody else. */
    public static final Clients NONE = new Clients(OptionalInt.empty(), OptionalInt.empty());

    private static final String USER = "socket-user";
    private static final String GROUP = "socket-group";
    private static final int OWNER_ONLY = 0600;
    private static final int OWNER_AND_GROUP = 0660;

    /** What the settings of an instance say. */
    static Clients of(Map<String, String> settings) {
        return new Clients(number(settings.get(USER)), number(settings.get(GROUP)));
    }

    private static OptionalInt number(String text) {
        return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    void store(Map<String, String> settings) {
        user.ifPresent(number -> settings.put(USER, Integer.toString(number)));
        group.ifPresent(number -> settings.put(GROUP, Integer.toString(number)));
    }

    /** These if they name anybody, else {@code others}. */
    Clients or(Clients others) {
        return equals(NONE) ? others : this;
    }

    /** A listener for them at {@code path}. */
    Endpoint.Unix endpoint(Path path) {
        return new Endpoint.Unix(path, group.isPresent() ? OWNER_AND_GROUP : OWNER_ONLY, user, group);
    }

    /** For the audit log. */
    @Override
    public String toString() {
        String users = user.isPresent() ? "user " + Accounts.userName(user.getAsInt()) : "no user";
        return users + ", " + (group.isPresent() ? "group " + Accounts.groupName(group.getAsInt()) : "no group");
    }

    @Override
    public boolean admits(Peer peer) {
        return peer.own()
                || (user.isPresent() && user.getAsInt() == peer.uid())
                || (group.isPresent() && peer.groups().contains(group.getAsInt()));
    }
}
