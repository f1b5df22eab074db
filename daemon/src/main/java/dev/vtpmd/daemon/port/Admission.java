package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.peer.Peer;

/** Who may connect to an instance's unix sockets, whatever the permissions of their files say. */
@FunctionalInterface
public interface Admission {
    /** Whoever the permissions let in. */
    Admission EVERYBODY = peer -> true;

    /** Whether {@code peer} may connect. On an event loop: must not wait. */
    boolean admits(Peer peer);
}
