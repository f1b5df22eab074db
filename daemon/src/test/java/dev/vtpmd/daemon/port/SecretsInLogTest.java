package dev.vtpmd.daemon.port;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** With everything logged that can be logged, no authValue, sealed data or seed is in the log. */
@Timeout(60)
class SecretsInLogTest {
    private static final String SECRET = "my-secret-16byte";
    private static final String SECRET_HEX = HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.US_ASCII));
    private static final String INIT = "00000002 00000000";
    private static final String STOP = "0000000e";
    private static final String STARTUP_CLEAR = "80010000000c000001440000";
    private static final String SHUTDOWN_STATE = "80010000000c000001450001";
    private static final String EMPTY_PASSWORD = "00000009 40000009 0000 01 0000";
    private static final String SECRET_PASSWORD = "00000019 40000009 0000 01 0010" + SECRET_HEX;
    private static final String WRONG_PASSWORD = "0000000a 40000009 0000 01 0001 ff";
    /** A run of hexadecimal digits as long as half a seed would be hard to meet by chance. */
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{16,}");

    private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    private final Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Level rootLevel;
    private TestInstance instance;

    @BeforeEach
    void open() throws Exception {
        rootLevel = root.getLevel();
        root.setLevel(Level.TRACE);
        netty.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
        instance = new TestInstance(new PortConfiguration(
                List.of(Endpoint.Tcp.loopback(0)),
                List.of(Endpoint.Tcp.loopback(0)),
                Optional.of(new PortConfiguration.Mssim(Endpoint.Tcp.loopback(0), Endpoint.Tcp.loopback(0))),
                false));
    }

    @AfterEach
    void close() {
        instance.close();
        root.detachAppender(log);
        root.setLevel(rootLevel);
        netty.setLevel(null);
    }

    @Test
    void nothingThatIsSecretIsLogged() throws Exception {
        try (TestClient control = TestClient.tcp(instance.port(0));
                TestClient data = TestClient.tcp(instance.port(1))) {
            assertThat(control.ask(INIT)).isEqualTo("00000000");
            assertThat(data.ask(STARTUP_CLEAR)).endsWith("00000000");
            useSecrets(data);
            assertThat(data.ask(SHUTDOWN_STATE)).endsWith("00000000");
            assertThat(control.ask("0000000c 00000000 00000001 00000000")).contains(SECRET_HEX);
            assertThat(control.ask(STOP)).isEqualTo("00000000");
            giveDamagedState(control);
        }
        assertThat(log.list).isNotEmpty();
        String text = logged();
        assertThat(text).doesNotContain(SECRET).doesNotContainIgnoringCase(SECRET_HEX);
        String states =
                HexFormat.of().formatHex(instance.storage.loadPermanent().orElseThrow());
        Matcher hex = HEX.matcher(text.toLowerCase(Locale.ROOT));
        while (hex.find()) {
            assertThat(states).as("what was logged").doesNotContain(hex.group());
        }
    }

    /** An authValue that is set, used and mistaken; data that is stored; a command that is cut off behind a secret. */
    private static void useSecrets(TestClient data) throws Exception {
        String define = "40000001" + EMPTY_PASSWORD + "0010" + SECRET_HEX + "000e 01500001 000b 02060006 0000 0010";
        assertThat(data.ask(command("0000012a", define))).endsWith("0000");
        String indexTwice = "01500001 01500001";
        assertThat(data.ask(command("00000137", indexTwice + SECRET_PASSWORD + "0010" + SECRET_HEX + "0000")))
                .contains("00000000");
        assertThat(data.ask(command("0000014e", indexTwice + SECRET_PASSWORD + "0010 0000")))
                .contains(SECRET_HEX);
        assertThat(data.ask(command("0000014e", indexTwice + WRONG_PASSWORD + "0010 0000")))
                .endsWith("000009a2");
        assertThat(data.ask(command("00000129", "4000000b" + EMPTY_PASSWORD + "0010" + SECRET_HEX)))
                .contains("00000000");
        assertThat(data.ask(command("00000129", "4000000b" + SECRET_PASSWORD + "0011" + SECRET_HEX)))
                .endsWith("000001da");
    }

    private static void giveDamagedState(TestClient control) throws Exception {
        String blob = "00000000" + SECRET_HEX;
        assertThat(control.ask("0000000d 00000000 00000001 00000014" + blob)).isNotEqualTo("00000000");
    }

    private static String command(String code, String rest) {
        String body = code + rest.replace(" ", "");
        return "8002%08x".formatted(6 + body.length() / 2) + body;
    }

    private String logged() {
        return log.list.stream()
                .map(event -> event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
    }
}
