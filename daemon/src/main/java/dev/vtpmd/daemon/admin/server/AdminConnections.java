package dev.vtpmd.daemon.admin.server;

import io.netty.channel.Channel;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections to the administration socket, so many at most. If there is one more, the one that has been waited for longest
 * makes room: whoever opens connections and asks nothing keeps nobody else out. Used on the event loop only.
 */
final class AdminConnections {
    private final int most;
    private final Set<Channel> open = new HashSet<>();
    private final Set<Channel> waited = new LinkedHashSet<>();

    /** At most {@code most} connections. */
    AdminConnections(int most) {
        this.most = most;
    }

    /** A new connection. */
    void opened(Channel channel) {
        open.add(channel);
        if (open.size() > most) {
            Iterator<Channel> longest = waited.iterator();
            (longest.hasNext() ? longest.next() : channel).close();
        }
    }

    /** The next request of a connection is waited for, from now on. */
    void waitedFor(Channel channel) {
        waited.remove(channel);
        if (open.contains(channel)) {
            waited.add(channel);
        }
    }

    /** A connection has a request that is being answered. */
    void busy(Channel channel) {
        waited.remove(channel);
    }

    /** A connection is gone. */
    void closed(Channel channel) {
        open.remove(channel);
        waited.remove(channel);
    }
}
