package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.peer.Peer;

import java.util.Map;

/**
 * One call of an operation.
 *
 * @param peer who calls
 * @param variables what stands where the route's path has words in braces, decoded, by these words
 * @param document the body; null if the route wants none
 */
record Call<T>(Peer peer, Map<String, String> variables, T document) {
    /** The name or UUID of the instance in the path. */
    String name() {
        return variables.get("name");
    }
}
