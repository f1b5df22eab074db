package dev.vtpmd.daemon.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
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

    private static final int ACCEPT_PAUSE_SECONDS = 1;

    private final ServerChannel channel;
    private final Optional<SocketFile> file;

    private Listener(ServerChannel channel, Optional<SocketFile> file) {
        this.channel = channel;
        this.file = file;
    }

    /** Listens on TCP. Not on an event loop. */
    static Listener tcp(Endpoint.Tcp endpoint, EventLoop loop, Consumer<Channel> accepted) throws PortException {
        if (endpoint.address().isUnresolved()) {
            throw new PortException("cannot listen on " + text(endpoint) + ": unknown host");
        }
        return new Listener(
                open(new EpollServerSocketChannel(), endpoint.address(), text(endpoint), loop, accepted),
                Optional.empty());
    }

    /** Listens on a unix socket. Not on an event loop. */
    static Listener unix(Endpoint.Unix endpoint, EventLoop loop, Consumer<Channel> accepted) throws PortException {
        Path path = endpoint.path();
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new PortException(
                    "cannot listen on " + path + ": the path of a unix socket has at most " + LONGEST_PATH + " bytes");
        }
        removeStale(path);
        ServerChannel channel = open(
                new EpollServerDomainSocketChannel(),
                new DomainSocketAddress(path.toString()),
                path.toString(),
                loop,
                accepted);
        try {
            return new Listener(channel, Optional.of(SocketFile.prepare(endpoint)));
        } catch (IOException e) {
            channel.close().syncUninterruptibly();
            throw new PortException("cannot set up " + path + ": " + reason(e), e);
        }
    }

    /** Listens on an inherited socket. Not on an event loop. */
    static Listener inherited(Endpoint.Listening endpoint, EventLoop loop, Consumer<Channel> accepted)
            throws PortException {
        try {
            ServerChannel channel = Sockets.listening(endpoint.descriptor());
            channel.pipeline().addLast(new Acceptor(accepted));
            loop.register(channel).syncUninterruptibly();
            return new Listener(channel, Optional.empty());
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

    private static ServerChannel open(
            ServerChannel channel, SocketAddress address, String name, EventLoop loop, Consumer<Channel> accepted)
            throws PortException {
        channel.pipeline().addLast(new Acceptor(accepted));
        loop.register(channel).syncUninterruptibly();
        ChannelFuture bound = channel.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            channel.close().syncUninterruptibly();
            throw new PortException("cannot listen on " + name + ": " + reason(bound.cause()), bound.cause());
        }
        return channel;
    }

    /** The part of a native error's text that says why, without the name of the system call. */
    private static String reason(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        return text.substring(text.lastIndexOf(": ") < 0 ? 0 : text.lastIndexOf(": ") + 2);
    }

    private static String text(Endpoint.Tcp endpoint) {
        return endpoint.address().getHostString() + ":" + endpoint.address().getPort();
    }

    /** Where it listens. */
    SocketAddress address() {
        return channel.localAddress();
    }

    /** Stops listening and removes the socket file. Not on an event loop. */
    void close() {
        channel.close().syncUninterruptibly();
        file.ifPresent(SocketFile::remove);
    }

    private static final class Acceptor extends ChannelInboundHandlerAdapter {
        private final Consumer<Channel> accepted;

        Acceptor(Consumer<Channel> accepted) {
            this.accepted = accepted;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            accepted.accept((Channel) message);
        }

        /** Waits a little, because what accept(2) fails for, descriptors or memory, is not there at once again. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.warn("cannot accept on {}: {}", ctx.channel().localAddress(), cause.getMessage());
            ctx.channel().config().setAutoRead(false);
            ctx.executor()
                    .schedule(() -> ctx.channel().config().setAutoRead(true), ACCEPT_PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
