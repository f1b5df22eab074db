package dev.vtpmd.daemon.port;

import io.netty.util.concurrent.EventExecutor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The threads that wait for clients. All ports of one instance share one of them. */
public final class EventLoops implements AutoCloseable {
    private final PortEventLoopGroup group;
    private final Descriptors descriptors = Descriptors.ofThisProcess();

    /** {@code threads} threads, at least 1. */
    public EventLoops(int threads) {
        this.group = new PortEventLoopGroup(threads);
        // Linking takes a tenth of a second, much more on a busy machine.
        next().execute(NativeSocket::link);
    }

    /** Waits until a client would be answered without delay. */
    public void awaitReady() {
        for (EventExecutor loop : group) {
            loop.submit(() -> {}).syncUninterruptibly();
        }
    }

    /** The event loop of the next instance. */
    PortEventLoop next() {
        return group.next();
    }

    /** What they may wait on. */
    Descriptors descriptors() {
        return descriptors;
    }

    /** Each of the threads, in the form in which it takes tasks. */
    public List<Executor> threads() {
        List<Executor> threads = new ArrayList<>();
        group.forEach(threads::add);
        return threads;
    }

    /** Ends the threads, after what they are at. Waits for that, 10 seconds at most. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }
}
