package dev.vtpmd.daemon.port;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/** The C library's functions that sockets here need and Netty does not offer (Linux, 64 bit). */
final class NativeSocket {
    static final int EAGAIN = 11;
    static final int EINTR = 4;

    private static final int NO_DESCRIPTOR = -1;

    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int O_NONBLOCK = 0x800;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup C = LINKER.defaultLookup();
    private static final Linker.Option ERRNO_STATE = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle RECVMSG = LINKER.downcallHandle(
            C.findOrThrow("recvmsg"), FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT), ERRNO_STATE);
    private static final MethodHandle FCNTL = LINKER.downcallHandle(
            C.findOrThrow("fcntl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
            ERRNO_STATE,
            Linker.Option.firstVariadicArg(2));

    private NativeSocket() {}

    /** Links and calls the functions, so that later calls do not wait for that. */
    static void link() {
        try (Arena arena = Arena.ofConfined()) {
            recvmsg(callState(arena), NO_DESCRIPTOR, arena.allocate(DescriptorReceiver.HEADER_SIZE, 8), 0);
        }
    }

    /** Memory for the {@code errno} of a call. */
    static MemorySegment callState(Arena arena) {
        return arena.allocate(STATE_LAYOUT);
    }

    /** recvmsg(2): number of bytes, or the negative errno. */
    static long recvmsg(MemorySegment callState, int descriptor, MemorySegment message, int flags) {
        try {
            long count = (long) RECVMSG.invokeExact(callState, descriptor, message, flags);
            return count < 0 ? -(int) ERRNO.get(callState, 0L) : count;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Makes reads and writes of {@code descriptor} return at once. */
    static void makeNonBlocking(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment callState = callState(arena);
            int flags = (int) FCNTL.invokeExact(callState, descriptor, F_GETFL, 0);
            int set = flags < 0 ? flags : (int) FCNTL.invokeExact(callState, descriptor, F_SETFL, flags | O_NONBLOCK);
            if (set < 0) {
                throw new IOException("descriptor " + descriptor + ": error " + (int) ERRNO.get(callState, 0L));
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
