package dev.vtpmd.daemon.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One listening socket. Accepted channels are handed on before they read anything. */
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /** What {@code struct sockaddr_un} holds, without the NUL behind it. */
    private static final int LONGEST_PATH = 107;

    private static final int EADDRINUSE = 98;
    private static final int BACKLOG = 128;
    private static final int ACCEPT_PAUSE_SECONDS = 1;

    private final ServerChannel channel;
    private final SocketAddress address;
    private final Optional<SocketFile> file;

    private Listener(ServerChannel channel, SocketAddress address, Optional<SocketFile> file) {
        this.channel = channel;
        this.address = address;
        this.file = file;
    }

    /** Listens on TCP. Not on an event loop. */
    static Listener tcp(Endpoint.Tcp endpoint, EventLoop loop, Descriptors descriptors, Consumer<Channel> accepted)
            throws PortException {
        if (endpoint.address().isUnresolved()) {
            throw new PortException("cannot listen on " + text(endpoint) + ": unknown host");
        }
        // An IPv6 socket would accept IPv4 clients too, but who looks for an IPv4 listener would not see it.
        boolean ipv4 = endpoint.address().getAddress() instanceof Inet4Address;
        EpollServerSocketChannel channel;
        try {
            channel = new EpollServerSocketChannel(ipv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
        } catch (ChannelException e) {
            // A kernel without IPv6, or a service manager that allows unix sockets alone.
            throw new PortException("cannot listen on " + text(endpoint) + ": " + reason(e.getCause()), e);
        }
        if (!descriptors.mayUse(channel.fd().intValue())) {
            Sockets.closeQuietly(channel.fd().intValue());
            throw new PortException("cannot listen on " + text(endpoint) + ": " + descriptors.reason());
        }
        serve(channel, loop, accepted);
        ChannelFuture bound = channel.bind(endpoint.address()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            channel.close().syncUninterruptibly();
            throw new PortException(
                    "cannot listen on " + text(endpoint) + ": " + reason(bound.cause()),
                    bound.cause(),
                    taken(bound.cause()));
        }
        return new Listener(channel, channel.localAddress(), Optional.empty());
    }

    /** Listens on a unix socket. Not on an event loop. */
    static Listener unix(Endpoint.Unix endpoint, EventLoop loop, Descriptors descriptors, Consumer<Channel> accepted)
            throws PortException {
        Path path = endpoint.path();
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new PortException(
                    "cannot listen on " + path + ": the path of a unix socket has at most " + LONGEST_PATH + " bytes");
        }
        removeStale(path);
        // Not bound by the channel, which would remove whatever is at this path when it closes.
        Socket socket;
        try {
            socket = Socket.newSocketDomain();
        } catch (ChannelException e) {
            throw new PortException("cannot listen on " + path + ": " + reason(e.getCause()), e);
        }
        if (!descriptors.mayUse(socket.intValue())) {
            Sockets.closeQuietly(socket.intValue());
            throw new PortException("cannot listen on " + path + ": " + descriptors.reason());
        }
        try {
            socket.bind(new DomainSocketAddress(path.toString()));
            SocketFile file = prepared(endpoint);
            socket.listen(BACKLOG);
            ServerChannel channel = new EpollServerDomainSocketChannel(socket.intValue(), true);
            serve(channel, loop, accepted);
            return new Listener(channel, new DomainSocketAddress(path.toString()), Optional.of(file));
        } catch (PortException e) {
            Sockets.closeQuietly(socket.intValue());
            throw e;
        } catch (IOException e) {
            Sockets.closeQuietly(socket.intValue());
            throw new PortException("cannot listen on " + path + ": " + reason(e), e);
        }
    }

    private static SocketFile prepared(Endpoint.Unix endpoint) throws IOException {
        try {
            return SocketFile.prepare(endpoint);
        } catch (IOException e) {
            Files.deleteIfExists(endpoint.path());
            throw new PortException(SocketFile.refusal(endpoint, e), e);
        }
    }

    /** Listens on an inherited socket. Not on an event loop. */
    static Listener inherited(Endpoint.Listening endpoint, EventLoop loop, Consumer<Channel> accepted)
            throws PortException {
        try {
            ServerChannel channel = Sockets.listening(endpoint.descriptor());
            serve(channel, loop, accepted);
            return new Listener(channel, channel.localAddress(), Optional.empty());
        } catch (IOException e) {
            throw new PortException("cannot listen: " + e.getMessage(), e);
        }
    }

    private static void removeStale(Path path) throws PortException {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther()) {
                    throw new PortException("cannot listen on " + path + ": it exists and is no socket");
                }
                Files.deleteIfExists(path);
            }
        } catch (PortException e) {
            throw e;
        } catch (IOException e) {
            throw new PortException("cannot listen on " + path + ": " + reason(e), e);
        }
    }

    private static void serve(ServerChannel channel, EventLoop loop, Consumer<Channel> accepted) {
        channel.pipeline().addLast(new Acceptor(accepted));
        loop.register(channel).syncUninterruptibly();
    }

    /** The part of a native error's text that says why, without the name of the system call. */
    private static String reason(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        return text.substring(text.lastIndexOf(": ") < 0 ? 0 : text.lastIndexOf(": ") + 2);
    }

    private static boolean taken(Throwable cause) {
        return cause instanceof Errors.NativeIoException failure && failure.expectedErr() == -EADDRINUSE;
    }

    private static String text(Endpoint.Tcp endpoint) {
        return endpoint.address().getHostString() + ":" + endpoint.address().getPort();
    }

    /** Where it listens. */
    SocketAddress address() {
        return address;
    }

    /** Gives the socket file, if this listens on {@code endpoint}'s, the owner and the permissions of {@code endpoint}. */
    void restrict(Endpoint.Unix endpoint) throws PortException {
        if (file.isPresent() && file.get().is(endpoint.path())) {
            try {
                SocketFile.own(endpoint);
            } catch (IOException e) {
                throw new PortException(SocketFile.refusal(endpoint, e), e);
            }
        }
    }

    /** Stops listening and removes the socket file. Not on an event loop. */
    void close() {
        channel.close().syncUninterruptibly();
        file.ifPresent(SocketFile::remove);
    }

    private static final class Acceptor extends ChannelInboundHandlerAdapter {
        private final Consumer<Channel> accepted;
        private boolean failing;

        Acceptor(Consumer<Channel> accepted) {
            this.accepted = accepted;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            failing = false;
            accepted.accept((Channel) message);
        }

        /** Waits a little, because what accept(2) fails for, descriptors or memory, is not there at once again. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!failing) {
                failing = true;
                LOG.warn("cannot accept on {}: {}", ctx.channel().localAddress(), reason(cause));
            }
            ctx.channel().config().setAutoRead(false);
            ctx.executor()
                    .schedule(() -> ctx.channel().config().setAutoRead(true), ACCEPT_PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
