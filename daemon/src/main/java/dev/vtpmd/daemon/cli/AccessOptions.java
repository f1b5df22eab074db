package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.server.Roles;
import dev.vtpmd.daemon.instance.Clients;
import dev.vtpmd.daemon.peer.Accounts;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** Who may use a service, and where it is noted what they do. */
final class AccessOptions {
    @Option(
            names = "--admin-group",
            paramLabel = "GROUP",
            description = "the group of those who may administer the service, besides root and the service's own user")
    private String administrators;

    @Option(
            names = "--observer-group",
            paramLabel = "GROUP",
            description = "the group of those who may look: list, show and the like")
    private String observers;

    @Option(
            names = "--socket-user",
            paramLabel = "USER",
            description =
                    "who may connect to the control sockets of instances that have neither --user nor --group, besides"
                            + " root and the service's own user: most of all QEMU's user")
    private String user;

    @Option(
            names = "--socket-group",
            paramLabel = "GROUP",
            description = "the group of those who may connect to the control sockets of such instances")
    private String group;

    @Option(
            names = "--audit-log",
            paramLabel = "FILE",
            description = "where it is noted who has done what (default: audit.log in the state directory)")
    private Path auditLog;

    /**
     * Who may do what at the administration socket.
     *
     * @throws IllegalArgumentException if there is no such group
     */
    Roles roles() {
        return new Roles(number(administrators, Accounts::group), number(observers, Accounts::group));
    }

    /**
     * Who may connect to instances.
     *
     * @throws IllegalArgumentException if there is no such user or group
     */
    Clients clients() {
        return new Clients(number(user, Accounts::user), number(group, Accounts::group));
    }

    Optional<Path> auditLog() {
        return Optional.ofNullable(auditLog);
    }

    private static OptionalInt number(String name, ToIntFunction<String> account) {
        return name == null ? OptionalInt.empty() : OptionalInt.of(account.applyAsInt(name));
    }
}
