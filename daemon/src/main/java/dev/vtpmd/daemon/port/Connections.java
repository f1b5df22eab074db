package dev.vtpmd.daemon.port;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The open connections of one instance. Used on its event loop only. */
final class Connections {
    private final Set<Connection> open = new HashSet<>();
    private final CompletableFuture<Void> allClosed = new CompletableFuture<>();
    private boolean closing;

    /** One client's connection. */
    interface Connection {
        /** Closes the connection once the request that is being answered, if any, has been. */
        void closeWhenIdle();
    }

    /** A connection has been opened; it is closed at once if the instance's ports close. */
    void add(Connection connection) {
        open.add(connection);
        if (closing) {
            connection.closeWhenIdle();
        }
    }

    /** How many there are. */
    int count() {
        return open.size();
    }

    /** A connection has been closed. */
    void remove(Connection connection) {
        open.remove(connection);
        if (closing && open.isEmpty()) {
            allClosed.complete(null);
        }
    }

    /** Closes all connections. The future completes when the last one has its answer and is closed. */
    CompletableFuture<Void> closeAll() {
        closing = true;
        for (Connection connection : Set.copyOf(open)) {
            connection.closeWhenIdle();
        }
        if (open.isEmpty()) {
            allClosed.complete(null);
        }
        return allClosed;
    }
}
