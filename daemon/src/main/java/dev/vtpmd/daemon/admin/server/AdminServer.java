package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.process.Watchdog.VitalPart;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves the administration protocol on a unix socket that only the service's user can use. */
public final class AdminServer implements AutoCloseable {
    /** Above any request there is, the longest being a TPM's state in base64; a longer one is answered with 413. */
    private static final int LONGEST_REQUEST = 4 << 20;

    /** What {@code struct sockaddr_un} holds, without the NUL behind it (unix(7)). */
    private static final int LONGEST_PATH = 107;

    private final Path socket;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("vtpmd-admin-port"), EpollIoHandler.newFactory());
    private final ExecutorService executor = Executors.newSingleThreadExecutor(new DefaultThreadFactory("vtpmd-admin"));

    /** A server for {@code instances} at the path {@code socket}, in place of a socket that is left over there. */
    public AdminServer(Path socket, Instances instances) throws IOException {
        this.socket = socket;
        AdminRequests requests = new AdminRequests(Resources.of(instances));
        // It takes its name when nobody else can use it any more.
        Path unnamed = socket.resolveSibling("vtpmd.new");
        try {
            if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
                throw new IOException(socket + ": the path of a unix socket has at most " + LONGEST_PATH
                        + " bytes; choose another run directory");
            }
            Files.deleteIfExists(unnamed);
            ChannelFuture bound = new ServerBootstrap()
                    .group(group)
                    .channel(EpollServerDomainSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpServerCodec(),
                                            new HttpServerKeepAliveHandler(),
                                            new HttpObjectAggregator(LONGEST_REQUEST),
                                            new AdminHandler(requests, executor));
                        }
                    })
                    .bind(new DomainSocketAddress(unnamed.toString()))
                    .awaitUninterruptibly();
            if (!bound.isSuccess()) {
                throw new IOException(socket + ": " + bound.cause().getMessage(), bound.cause());
            }
            Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-------"));
            Files.move(unnamed, socket, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Without this thread nobody can administer the instances. */
    public VitalPart vitalPart() {
        return new VitalPart("the event loop of the administration", group);
    }

    /** Answers what has been asked, then closes. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // The next service replaces it.
        }
        executor.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }
}
