package dev.vtpmd.daemon.port;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * Receives from a stream socket together with the descriptors in the ancillary data (SCM_RIGHTS, unix(7)), which Netty's
 * channels lose: the kernel delivers a descriptor with the first byte it was sent with, and drops it on a plain read.
 *
 * <p>Memory: {@code struct msghdr} of 56 bytes (name, its length, vector, its length, control, its length, flags), one
 * {@code struct iovec} of 16, the control buffer, and the bytes received.
 *
 * <p>Keeps nothing from one socket to the next, so that all sockets of an event loop share one.
 */
final class DescriptorReceiver {
    static final long HEADER_SIZE = 56;
    private static final long VECTOR = 16;
    private static final long VECTOR_LENGTH = 24;
    private static final long CONTROL = 32;
    private static final long CONTROL_LENGTH = 40;
    private static final long FLAGS = 48;

    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CTRUNC = 0x08;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

    /** {@code struct cmsghdr}: UINT64 length with these 16 bytes, INT32 level, INT32 type. */
    private static final int CONTROL_HEADER = 16;

    /** Room for a few descriptors, so that surplus ones can be closed. */
    private static final int CONTROL_SIZE = CONTROL_HEADER + 16 * Integer.BYTES;

    private final MemorySegment callState;
    private final MemorySegment header;
    private final MemorySegment control;
    private final ByteBuffer data;
    private OptionalInt descriptor = OptionalInt.empty();
    private boolean lost;

    /** A receiver of up to {@code size} bytes at a time. */
    DescriptorReceiver(int size) {
        Arena arena = Arena.ofAuto();
        callState = NativeSocket.callState(arena);
        header = arena.allocate(HEADER_SIZE, 8);
        control = arena.allocate(CONTROL_SIZE, 8);
        MemorySegment bytes = arena.allocate(size, 8);
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(ADDRESS, 0, bytes);
        vector.set(JAVA_LONG, 8, size);
        header.set(ADDRESS, VECTOR, vector);
        header.set(JAVA_LONG, VECTOR_LENGTH, 1);
        header.set(ADDRESS, CONTROL, control);
        data = bytes.asByteBuffer();
    }

    /**
     * Receives what is there. A descriptor that came with it is to be taken before the next call.
     *
     * @return number of bytes, 0 if nothing is there, -1 at the end of the stream
     */
    int receive(int socket) throws IOException {
        header.set(JAVA_LONG, CONTROL_LENGTH, CONTROL_SIZE);
        long count;
        do {
            count = NativeSocket.recvmsg(callState, socket, header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        } while (count == -NativeSocket.EINTR);
        if (count == -NativeSocket.EAGAIN) {
            return 0;
        }
        if (count < 0) {
            throw new IOException("recvmsg: error " + -count);
        }
        takeDescriptors((int) header.get(JAVA_LONG, CONTROL_LENGTH));
        lost = (header.get(JAVA_INT, FLAGS) & MSG_CTRUNC) != 0;
        data.clear().limit((int) count);
        return count == 0 ? -1 : (int) count;
    }

    private void takeDescriptors(int controlLength) {
        int offset = 0;
        while (offset + CONTROL_HEADER <= controlLength) {
            int length = (int) control.get(JAVA_LONG, offset);
            boolean rights =
                    control.get(JAVA_INT, offset + 8) == SOL_SOCKET && control.get(JAVA_INT, offset + 12) == SCM_RIGHTS;
            for (int at = offset + CONTROL_HEADER; rights && at + 4 <= offset + length; at += 4) {
                keepFirst(control.get(JAVA_INT, at));
            }
            offset += Math.max(CONTROL_HEADER, length + 7 & -8);
        }
    }

    private void keepFirst(int received) {
        if (descriptor.isEmpty()) {
            descriptor = OptionalInt.of(received);
        } else {
            Sockets.closeQuietly(received);
        }
    }

    /** What the last {@link #receive} brought, from whichever socket. A direct buffer, free for other use until the next one. */
    ByteBuffer data() {
        return data;
    }

    /** The descriptor that came last, if one did; from now on the caller's to close. */
    OptionalInt takeDescriptor() {
        OptionalInt taken = descriptor;
        descriptor = OptionalInt.empty();
        return taken;
    }

    /** Whether the last {@link #receive} should have brought descriptors that this process had no room for (recvmsg(2): MSG_CTRUNC). */
    boolean lostDescriptor() {
        return lost;
    }
}
