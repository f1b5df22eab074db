package dev.vtpmd.daemon.peer;

import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The process at the other end of a unix socket, as it was when it connected: the kernel vouches for it (unix(7), SO_PEERCRED and
 * SO_PEERGROUPS).
 *
 * @param pid 0 if it is in another pid namespace
 * @param uid unsigned
 * @param gid unsigned
 * @param groups its groups, {@code gid} among them
 */
public record Peer(int pid, int uid, int gid, Set<Integer> groups) {
    /** Copies the groups. */
    public Peer {
        groups = Set.copyOf(groups);
    }

    /** The peer of {@code channel}. On its event loop, or before it is registered. */
    public static Peer of(EpollDomainSocketChannel channel) throws IOException {
        PeerCredentials credentials = channel.peerCredentials();
        int gid = credentials.gids().length == 0 ? -1 : credentials.gids()[0];
        Set<Integer> groups = new HashSet<>(PeerGroups.of(channel.fd().intValue()));
        groups.add(gid);
        return new Peer(credentials.pid(), credentials.uid(), gid, groups);
    }

    /** Whether it is root, or has the user of this process: both can do all that this process can. */
    public boolean own() {
        return uid == 0 || uid == Own.USER;
    }

    /** For a log line: {@code uid 64055, pid 123}. */
    @Override
    public String toString() {
        return "uid " + Integer.toUnsignedString(uid) + ", pid " + pid;
    }
}
