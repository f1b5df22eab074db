package dev.vtpmd.daemon.process;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tells systemd, or what else started this daemon, how far it is (sd_notify(3)). Does nothing if nobody wants to know. */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private final Optional<DomainSocketAddress> socket;

    /** The service manager that {@code NOTIFY_SOCKET} names; {@code null} for none. */
    public ServiceManager(String notifySocket) {
        this.socket = Optional.ofNullable(notifySocket)
                .filter(path -> path.startsWith("/") || path.startsWith("@"))
                // '@' stands for the zero byte with which names begin that are not in the file system (unix(7)).
                .map(path -> new DomainSocketAddress(path.replaceFirst("^@", "\0")));
    }

    /** The service manager of this process. */
    public static ServiceManager ofEnvironment() {
        return new ServiceManager(System.getenv("NOTIFY_SOCKET"));
    }

    /** Clients are served now. */
    public void ready() {
        notify("READY=1\nMAINPID=" + ProcessHandle.current().pid());
    }

    /** The daemon has begun to stop. */
    public void stopping() {
        notify("STOPPING=1");
    }

    private void notify(String state) {
        socket.ifPresent(address -> send(address, state));
    }

    private static void send(DomainSocketAddress address, String state) {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            ChannelFuture connected = new Bootstrap()
                    .group(group)
                    .channel(EpollDomainDatagramChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(address)
                    .await();
            ChannelFuture sent = connected.isSuccess()
                    ? connected
                            .channel()
                            .writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.UTF_8))
                            .await()
                    : connected;
            if (!sent.isSuccess()) {
                LOG.warn("the service manager cannot be told: {}", sent.cause().toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }
}
