package dev.vtpmd.daemon.port;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.util.concurrent.Executor;

/** The event loops that ports are served on. */
final class PortEventLoopGroup extends MultiThreadIoEventLoopGroup {
    PortEventLoopGroup(int threads) {
        super(threads, new DefaultThreadFactory("vtpmd-port"), EpollIoHandler.newFactory());
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... arguments) {
        return new PortEventLoop(this, executor, handlers);
    }

    @Override
    public PortEventLoop next() {
        return (PortEventLoop) super.next();
    }
}
