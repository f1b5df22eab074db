package dev.vtpmd.daemon.admin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
final class AdminClientTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"instances\":[]}";

    @TempDir
    private Path directory;

    @Test
    void itTellsForHowLongAnAnswerIsWaitedFor() throws Exception {
        Path socket = directory.resolve("socket");
        List<Duration> told = new CopyOnWriteArrayList<>();
        CountDownLatch twice = new CountDownLatch(2);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread service = Thread.ofVirtual().start(() -> answer(server, twice));
            AdminClient client = new AdminClient(
                    socket,
                    waited -> {
                        told.add(waited);
                        twice.countDown();
                    },
                    Duration.ofMillis(100));

            assertThat(client.list().instances()).isEmpty();
            service.join();
        }

        assertThat(told).startsWith(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    private static void answer(ServerSocketChannel server, CountDownLatch when) {
        try (SocketChannel connection = server.accept()) {
            connection.read(ByteBuffer.allocate(4096));
            when.await();
            connection.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
