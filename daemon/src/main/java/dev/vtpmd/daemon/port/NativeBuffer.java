package dev.vtpmd.daemon.port;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory outside of the heap that system calls read and write.
 *
 * @param bytes the memory
 * @param address where it begins
 */
record NativeBuffer(ByteBuffer bytes, long address) {
    /** {@code size} bytes. */
    static NativeBuffer allocate(int size) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size);
        return new NativeBuffer(bytes, MemorySegment.ofBuffer(bytes).address());
    }
}
