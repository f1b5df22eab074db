package dev.vtpmd.daemon.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

import java.nio.ByteBuffer;

/**
 * A buffer outside of the heap that is used for one thing after another, which each time saves the C library's allocation
 * and the collector's work. Who still has it when it is wanted again keeps it alone, and others get one of their own
 * meanwhile. For one thread.
 */
final class ReusedBuffer {
    private final ByteBuf buffer;

    /** A buffer of {@code size} bytes. */
    ReusedBuffer(int size) {
        this.buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(size));
    }

    /** An empty buffer for {@code size} bytes at least, which the caller releases; one of {@code others} if need be. */
    ByteBuf take(int size, ByteBufAllocator others) {
        boolean free = buffer.refCnt() == 1 && size <= buffer.capacity();
        return free ? buffer.clear().retain() : others.directBuffer(size, size);
    }

    /** Receives into this buffer, with its size at a time. */
    RecvByteBufAllocator receiving() {
        return new DefaultMaxMessagesRecvByteBufAllocator() {
            @Override
            public Handle newHandle() {
                return new MaxMessageHandle() {
                    @Override
                    public int guess() {
                        return buffer.capacity();
                    }

                    @Override
                    public ByteBuf allocate(ByteBufAllocator others) {
                        return take(guess(), others);
                    }
                };
            }
        };
    }
}
