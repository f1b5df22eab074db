package dev.vtpmd.daemon.peer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HashSet;
import java.util.Set;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

/** The supplementary groups of a peer (SO_PEERGROUPS, since Linux 4.13), which Netty does not tell. */
final class PeerGroups {
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERGROUPS = 59;

    /** As many as a process can have (NGROUPS_MAX). */
    private static final int MOST = 65_536;

    private static final int USUAL = 64;

    private static final MethodHandle GETSOCKOPT = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("getsockopt"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private PeerGroups() {}

    /** The supplementary groups of the peer of {@code socket}. */
    static Set<Integer> of(int socket) throws IOException {
        Set<Integer> groups = read(socket, USUAL);
        if (groups == null) {
            groups = read(socket, MOST);
        }
        if (groups == null) {
            throw new IOException("the groups of a peer cannot be read");
        }
        return groups;
    }

    /** Null if that fails, most of all for want of room. */
    private static Set<Integer> read(int socket, int room) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate(JAVA_INT, room);
            MemorySegment length = arena.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, room * Integer.BYTES);
            int result = (int) GETSOCKOPT.invokeExact(socket, SOL_SOCKET, SO_PEERGROUPS, list, length);
            if (result != 0) {
                return null;
            }
            Set<Integer> groups = new HashSet<>();
            for (int i = 0; i < length.get(JAVA_INT, 0) / Integer.BYTES; i++) {
                groups.add(list.getAtIndex(JAVA_INT, i));
            }
            return groups;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
