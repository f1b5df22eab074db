package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.instance.Clients;
import dev.vtpmd.daemon.peer.Accounts;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;

/** Reads fields that several documents have. */
final class InstanceFields {
    private InstanceFields() {}

    /** The UUID that {@code text} is, or a random one for null. */
    static UUID uuid(String text) {
        if (text == null) {
            return UUID.randomUUID();
        }
        String digits = text.toLowerCase(Locale.ROOT);
        // UUID.fromString also takes shorter groups.
        if (!digits.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("'" + text.replaceAll("[^ -~]", "?") + "' is not a UUID");
        }
        return UUID.fromString(digits);
    }

    /** The port, or none for null. */
    static OptionalInt port(Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The user, the group or both who may connect to a control socket, by name or number, null for none. */
    static Clients clients(String user, String group) {
        return new Clients(
                user == null ? OptionalInt.empty() : OptionalInt.of(Accounts.user(user)),
                group == null ? OptionalInt.empty() : OptionalInt.of(Accounts.group(group)));
    }

    /** Refuses a document without a name. */
    static void requireName(String name) {
        if (name == null) {
            throw new IllegalArgumentException("a name is needed");
        }
    }
}
