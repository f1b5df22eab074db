package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.peer.Peer;

import java.util.Optional;

/** Is told what clients ask of the process, rather than of the device. Called on an event loop: must not wait. */
public interface PortListener {
    /** A control client sent SHUTDOWN; the TPM has been stopped and the client has its answer. */
    default void shutdownRequested() {}

    /** An MSSIM client sent STOP on the command port. */
    default void stopRequested() {}

    /** A data connection ended. */
    default void dataConnectionClosed() {}

    /** A control connection ended. */
    default void controlConnectionClosed() {}

    /** A control client has handed over a data channel. {@code peer} is who, if the client came over a unix socket. */
    default void attached(Optional<Peer> peer) {}

    /** That data channel has ended. */
    default void detached(Optional<Peer> peer) {}

    /** A client was turned away: it may not connect, or another one is attached; {@code reason} says which. */
    default void turnedAway(Optional<Peer> peer, String reason) {}
}
