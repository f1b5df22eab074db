package dev.vtpmd.daemon.process;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The messages are those of sd_notify(3). */
final class ServiceManagerTest {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    private void receiveAt(String path) throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(group)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        received.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(path))
                .sync()
                .channel();
        assertThat(channel.isActive()).isTrue();
    }

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void readinessAndTheEndAreTold() throws InterruptedException {
        String socket = directory.resolve("notify").toString();
        receiveAt(socket);
        ServiceManager manager = new ServiceManager(socket);

        manager.ready();
        manager.stopping();

        assertThat(received.poll(10, TimeUnit.SECONDS))
                .isEqualTo("READY=1\nMAINPID=" + ProcessHandle.current().pid());
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("STOPPING=1");
    }

    @Test
    void aSocketOutsideTheFileSystemIsReachedToo() throws InterruptedException {
        String name = "vtpmd-test-" + UUID.randomUUID();
        receiveAt("\0" + name);

        new ServiceManager("@" + name).stopping();

        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("STOPPING=1");
    }

    @Test
    void aServiceManagerThatIsGoneDoesNoHarm() {
        new ServiceManager(directory.resolve("none").toString()).ready();
        new ServiceManager(null).ready();

        assertThat(received).isEmpty();
    }
}
