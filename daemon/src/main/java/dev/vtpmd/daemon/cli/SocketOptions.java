package dev.vtpmd.daemon.cli;

import picocli.CommandLine.Option;

/** Who may connect to an instance's control socket. */
final class SocketOptions {
    @Option(
            names = "--user",
            paramLabel = "USER",
            description =
                    "who may connect to the control socket, besides root and the service's own user: most of all QEMU's"
                            + " user, by name or number (default: as the service was told with --socket-user)")
    private String user;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "the group of those who may connect to the control socket (default: as with --socket-group)")
    private String group;

    /** Null if nothing was said. */
    String user() {
        return user;
    }

    /** Null if nothing was said. */
    String group() {
        return group;
    }
}
