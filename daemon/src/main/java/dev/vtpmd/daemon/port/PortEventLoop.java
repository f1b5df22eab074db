package dev.vtpmd.daemon.port;

import dev.vtpmd.protocol.swtpm.ControlRequestDecoder;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;

import java.util.concurrent.Executor;

/**
 * An event loop with what its connections use one after another, so that none of them keeps memory while it has nothing to
 * say. It sets no timer unless it has something to do at a certain time: Netty's own wake up each second, and setting that
 * timer anew for each wait takes the kernel a twentieth of a light command's whole round trip.
 */
final class PortEventLoop extends SingleThreadIoEventLoop {
    /** Room for the largest command or response with what stands around it, so that one call of the kernel takes it. */
    private static final int BUFFER_SIZE = 4608;

    private final NativeBuffer received = NativeBuffer.allocate(BUFFER_SIZE);
    private final NativeBuffer reply = NativeBuffer.allocate(BUFFER_SIZE);
    private DescriptorReceiver receiver;

    PortEventLoop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers) {
        super(group, executor, handlers);
    }

    /** What requests are received with. On this loop only, and until the next are received. */
    NativeBuffer received() {
        return received;
    }

    /** What replies are sent from. On this loop only, and until the next is sent. */
    NativeBuffer reply() {
        return reply;
    }

    /** What sockets receive with that descriptors may come through. On this loop only. */
    DescriptorReceiver receiver() {
        if (receiver == null) {
            receiver = new DescriptorReceiver(ControlRequestDecoder.RECEIVE_SIZE);
        }
        return receiver;
    }

    /** -1 if nothing is scheduled: wait without a limit. Whoever adds a task wakes the loop. */
    @Override
    protected long deadlineNanos() {
        return nextScheduledTaskDeadlineNanos();
    }
}
