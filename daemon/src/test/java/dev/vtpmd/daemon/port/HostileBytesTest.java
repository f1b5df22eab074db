package dev.vtpmd.daemon.port;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes that make no sense, on every port: afterwards each port still serves, and no exception was logged. */
@Timeout(60)
class HostileBytesTest {
    private static final int ROUNDS = 300;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Random random = new Random(20260101);
    private TestInstance instance;

    @BeforeEach
    void open() throws Exception {
        log.start();
        ((Logger) LoggerFactory.getLogger("ROOT")).addAppender(log);
        instance = new TestInstance(new PortConfiguration(
                List.of(Endpoint.Tcp.loopback(0)),
                List.of(Endpoint.Tcp.loopback(0)),
                Optional.of(new PortConfiguration.Mssim(Endpoint.Tcp.loopback(0), Endpoint.Tcp.loopback(0))),
                false));
    }

    @AfterEach
    void close() {
        instance.close();
        ((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(log);
    }

    @Test
    void servesOnAfterRandomBytes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            sendToEveryPort(HexFormat.of().formatHex(bytes));
        }
        everyPortServes();
    }

    /** A code that the port knows, behind it anything: the sizes and offsets inside are wrong then. */
    @Test
    void servesOnAfterKnownCodesWithWrongBytes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            String code = HexFormat.of().toHexDigits(random.nextInt(40));
            sendToEveryPort(code + HexFormat.of().formatHex(bytes));
        }
        everyPortServes();
    }

    private void sendToEveryPort(String hex) throws IOException {
        for (int port = 0; port < 4; port++) {
            try (TestClient client = TestClient.tcp(instance.port(port))) {
                client.send(hex).endOutput();
                while (!client.read().isEmpty()) {
                    // Whatever it answers, the connection must come to an end.
                }
            } catch (IOException e) {
                assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe");
            }
        }
    }

    private void everyPortServes() throws IOException {
        assertThat(log.list).noneMatch(event -> event.getThrowableProxy() != null);
        assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains("Exception"));
        try (TestClient control = TestClient.tcp(instance.port(0));
                TestClient data = TestClient.tcp(instance.port(1));
                TestClient command = TestClient.tcp(instance.port(2));
                TestClient platform = TestClient.tcp(instance.port(3))) {
            assertThat(control.ask("00000002 00000000")).isEqualTo("00000000");
            assertThat(control.ask("00000005 00")).isEqualTo("00000000");
            assertThat(data.ask("80010000000a00000181")).isEqualTo("80010000000a00000100");
            assertThat(platform.ask("00000001")).isEqualTo("00000000");
            assertThat(command.ask("00000008 00 0000000c 80010000000c000001440000"))
                    .isEqualTo("0000000a" + "80010000000a00000000" + "00000000");
        }
    }
}
