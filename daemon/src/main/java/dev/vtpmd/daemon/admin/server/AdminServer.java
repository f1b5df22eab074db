package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.peer.Accounts;
import dev.vtpmd.daemon.process.Watchdog.VitalPart;
import dev.vtpmd.daemon.provision.Provisioner;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves the administration interface on a unix socket, to whoever may use it. */
public final class AdminServer implements AutoCloseable {
    /** Above any request there is, the longest being a TPM's state in base64; a longer one is answered with 413. */
    private static final int LONGEST_REQUEST = 4 << 20;

    /** More than any host's tools need at the same time, and few enough to cost nothing. */
    private static final int MOST_CONNECTIONS = 128;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What {@code struct sockaddr_un} holds, without the NUL behind it (unix(7)). */
    private static final int LONGEST_PATH = 107;

    private final Path socket;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("vtpmd-admin-port"), EpollIoHandler.newFactory());
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("vtpmd-admin-", 0).factory());
    private final AdminConnections connections = new AdminConnections(MOST_CONNECTIONS);

    /**
     * A server for {@code instances} at the path {@code socket}, in place of a socket that is left over there.
     *
     * @param audit is told of all that is asked for and changes something
     */
    public AdminServer(
            Path socket,
            Instances instances,
            LocalAuthority authority,
            Provisioner provisioner,
            Roles roles,
            AuditLog audit)
            throws IOException {
        this.socket = socket;
        AdminRequests requests = new AdminRequests(Resources.of(instances, authority, provisioner), roles, audit);
        // It takes its name when nobody else can use it any more.
        Path unnamed = socket.resolveSibling("vtpmd.new");
        try {
            if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
                throw new IOException(socket + ": the path of a unix socket has at most " + LONGEST_PATH
                        + " bytes; choose another run directory");
            }
            Files.deleteIfExists(unnamed);
            ChannelFuture bound = listen(unnamed, requests);
            if (!bound.isSuccess()) {
                throw new IOException(socket + ": " + bound.cause().getMessage(), bound.cause());
            }
            if (roles.socketGroup().isPresent()) {
                give(unnamed, roles.socketGroup().getAsInt());
            }
            Files.setPosixFilePermissions(unnamed, roles.socketPermissions());
            Files.move(unnamed, socket, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private ChannelFuture listen(Path path, AdminRequests requests) {
        return new ServerBootstrap()
                .group(group)
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new RequestDeadline(connections, PATIENCE),
                                        new HttpServerKeepAliveHandler(),
                                        new RequestAggregator(LONGEST_REQUEST),
                                        new FlowControlHandler(),
                                        new AdminHandler(requests, executor));
                    }
                })
                .bind(new DomainSocketAddress(path.toString()))
                .awaitUninterruptibly();
    }

    /** Without this thread nobody can administer the instances. */
    public VitalPart vitalPart() {
        return new VitalPart("the event loop of the administration", group);
    }

    private void give(Path file, int gid) throws IOException {
        try {
            Files.setAttribute(file, "unix:gid", gid);
        } catch (FileSystemException e) {
            throw new IOException(
                    socket + ": cannot be given to the group " + Accounts.groupName(gid) + ": " + e.getReason()
                            + " (a service that is not root must be in it)",
                    e);
        }
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
