package dev.vtpmd.daemon.port;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One client's connection. Not a channel of Netty's, whose pipeline and queues request and response have no use for, but an
 * {@link EpollIoHandle} on the instance's event loop, where all of it runs.
 *
 * <p>Readiness is edge-triggered: what {@link #readable} leaves in the socket is not told again.
 */
abstract class SocketConnection implements EpollIoHandle, Connections.Connection {
    private static final EpollIoOps EVENTS = EpollIoOps.EPOLLIN
            .with(EpollIoOps.EPOLLOUT)
            .with(EpollIoOps.EPOLLRDHUP)
            .with(EpollIoOps.EPOLLET);
    private static final int END = EpollIoOps.EPOLLRDHUP.value() | EpollIoOps.EPOLLERR.value();

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private final Socket socket;
    private final InstanceContext instance;
    private IoRegistration registration;
    /** Null if all that was to be sent is. */
    private ByteBuffer unsent;

    private boolean closed;

    /** The connection of {@code socket}, which must be non-blocking and is closed with it, to a port of {@code instance}. */
    SocketConnection(Socket socket, InstanceContext instance) {
        this.socket = socket;
        this.instance = instance;
    }

    /** Begins to serve the client. */
    final void open() {
        instance.connections().add(this);
        if (closed) {
            return;
        }
        try {
            Sockets.noDelay(socket);
        } catch (IOException e) {
            // It is gone already, as the event loop will say.
        }
        loop().register(this).addListener((Future<IoRegistration> registered) -> {
            if (!registered.isSuccess()) {
                close();
                return;
            }
            registration = registered.getNow();
            if (closed) {
                registration.cancel();
            } else {
                registration.submit(EVENTS);
            }
        });
    }

    final InstanceContext instance() {
        return instance;
    }

    final PortEventLoop loop() {
        return instance.loop();
    }

    final Socket socket() {
        return socket;
    }

    /** Whether the connection has ended. */
    final boolean closed() {
        return closed;
    }

    /** Whether something is still to be sent, and nothing else must be. */
    final boolean sending() {
        return unsent != null;
    }

    @Override
    public final FileDescriptor fd() {
        return socket;
    }

    @Override
    public final void handle(IoRegistration source, IoEvent event) {
        EpollIoOps ops = ((EpollIoEvent) event).ops();
        try {
            if (unsent != null && ops.contains(EpollIoOps.EPOLLOUT)) {
                sendRest();
            }
            if (!closed) {
                readable((ops.value() & END) != 0);
            }
        } catch (RuntimeException e) {
            LOG.error("{}: a connection failed: {}", instance.device().options().name(), e.toString());
            close();
        }
    }

    /**
     * There is something to receive.
     *
     * @param ended whether the client's last bytes, and the end after them, are there
     */
    abstract void readable(boolean ended);

    /** What {@link #send} has kept is sent by now. */
    abstract void sent();

    /** The connection has ended: gives up what belongs to it. */
    void hasClosed() {}

    /**
     * Sends the first {@code size} bytes of {@code out}, and keeps those that the client does not take yet.
     *
     * @return whether all of them are sent
     */
    final boolean send(NativeBuffer out, int size) {
        try {
            int sent = 0;
            while (sent < size) {
                int count = socket.sendAddress(out.address(), sent, size);
                if (count <= 0) {
                    unsent = ByteBuffer.allocateDirect(size - sent).put(0, out.bytes(), sent, size - sent);
                    return false;
                }
                sent += count;
            }
            return true;
        } catch (IOException e) {
            // That a client went away is nothing to report.
            close();
            return false;
        }
    }

    private void sendRest() {
        try {
            while (unsent.hasRemaining()) {
                int count = socket.send(unsent, unsent.position(), unsent.limit());
                if (count <= 0) {
                    return;
                }
                unsent.position(unsent.position() + count);
            }
        } catch (IOException e) {
            close();
            return;
        }
        unsent = null;
        sent();
    }

    /** Ends the connection. A request that is being answered still takes effect. */
    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        unsent = null;
        if (registration != null) {
            registration.cancel();
        }
        Sockets.closeQuietly(socket);
        instance.connections().remove(this);
        hasClosed();
    }
}
