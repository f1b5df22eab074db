package dev.vtpmd.daemon.port;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.util.concurrent.Executor;

/**
 * Event loops that set no timer unless they have something to do at a certain time. Netty's own wake up each second, and
 * setting that timer anew for each wait takes the kernel a twentieth of a light command's whole round trip.
 */
final class EventLoopGroup extends MultiThreadIoEventLoopGroup {
    EventLoopGroup(int threads) {
        super(threads, new DefaultThreadFactory("vtpmd-port"), EpollIoHandler.newFactory());
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... arguments) {
        return new Loop(this, executor, handlers);
    }

    private static final class Loop extends SingleThreadIoEventLoop {
        Loop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers) {
            super(group, executor, handlers);
        }

        /** -1 if nothing is scheduled: wait without a limit. Whoever adds a task wakes the loop. */
        @Override
        protected long deadlineNanos() {
            return nextScheduledTaskDeadlineNanos();
        }
    }
}
