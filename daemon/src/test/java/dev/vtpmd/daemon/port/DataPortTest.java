package dev.vtpmd.daemon.port;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The data channel on TCP; expected responses are those of swtpm and of Part 3. */
@Timeout(30)
class DataPortTest {
    private static final String READ_CLOCK = "80010000000a00000181";
    private static final String STARTUP_CLEAR = "80010000000c000001440000";
    /** TPM2_GetCapability of all commands. */
    private static final String COMMANDS = "8001000000160000017a000000020000000000000100";

    private static final long MORE_THAN_KERNELS_KEEP = 32 << 20;
    private static final String SHUTDOWN_CLEAR = "80010000000c000001450000";

    /** TPM_RC_FAILURE: what a stopped TPM answers. */
    private static final String FAILURE = "80010000000a00000101";

    /** TPM_RC_INITIALIZE: TPM2_Startup is missing, or was not expected. */
    private static final String INITIALIZE = "80010000000a00000100";

    private static final String SUCCESS = "80010000000a00000000";
    private static final String COMMAND_SIZE = "80010000000a00000142";

    private TestInstance instance;
    private TestClient client;

    @BeforeEach
    void open() throws Exception {
        instance = TestInstance.onTcp();
        client = TestClient.tcp(instance.port(1));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        instance.close();
    }

    private void init() throws Exception {
        try (TestClient control = TestClient.tcp(instance.port(0))) {
            assertThat(control.ask("00000002 00000000")).isEqualTo("00000000");
        }
    }

    @Test
    void answersQemusProbeBeforeInit() throws Exception {
        assertThat(client.ask(READ_CLOCK)).isEqualTo(FAILURE);
    }

    @Test
    void startsUpAndStops() throws Exception {
        init();
        assertThat(client.ask(READ_CLOCK)).isEqualTo(INITIALIZE);
        assertThat(client.ask(STARTUP_CLEAR)).isEqualTo(SUCCESS);
        assertThat(client.ask(STARTUP_CLEAR)).isEqualTo(INITIALIZE);
        try (TestClient control = TestClient.tcp(instance.port(0))) {
            assertThat(control.ask("0000000e")).isEqualTo("00000000");
        }
        assertThat(client.ask(READ_CLOCK)).isEqualTo(FAILURE);
    }

    @Test
    void putsACommandTogether() throws Exception {
        init();
        client.send("8001").send("0000000c0000").send("01440000");
        assertThat(client.read()).isEqualTo(SUCCESS);
    }

    /** Else such a client's replies would fill the memory of all. */
    @Test
    void readsNoMoreFromAClientThatReadsNoReplies() throws Exception {
        init();
        client.ask(STARTUP_CLEAR);
        int reply = client.ask(COMMANDS).length() / 2;
        long sent = client.sendUntilRefused(COMMANDS.repeat(1000), MORE_THAN_KERNELS_KEEP);
        assertThat(sent).isLessThan(MORE_THAN_KERNELS_KEEP);
        long asked = sent / (COMMANDS.length() / 2);
        assertThat(client.read(asked * reply)).isEqualTo(asked * reply);
    }

    @Test
    void noticesThatAClientWithUnreadRepliesIsGone() throws Exception {
        init();
        assertThat(instance.events.poll(5, TimeUnit.SECONDS)).isEqualTo("control closed");
        client.ask(STARTUP_CLEAR);
        client.sendUntilRefused(COMMANDS.repeat(1000), MORE_THAN_KERNELS_KEEP);
        client.close();
        assertThat(instance.events.poll(5, TimeUnit.SECONDS)).isEqualTo("data closed");
    }

    @Test
    void answersCommandsThatArriveTogetherInOrder() throws Exception {
        init();
        client.send(STARTUP_CLEAR + STARTUP_CLEAR + SHUTDOWN_CLEAR);
        StringBuilder answers = new StringBuilder();
        while (answers.length() < 60) {
            answers.append(client.read());
        }
        assertThat(answers).hasToString(SUCCESS + INITIALIZE + SUCCESS);
    }

    @Test
    void takesAndAnswersTheCommandPrefix() throws Exception {
        init();
        assertThat(client.ask("00000008 03 0000000c " + STARTUP_CLEAR)).isEqualTo("0000000a" + SUCCESS + "00000000");
        assertThat(instance.device.locality()).isEqualTo(3);
        assertThat(client.ask(SHUTDOWN_CLEAR)).isEqualTo(SUCCESS);
    }

    @Test
    void answersAnImpossibleSizeAndCloses() throws Exception {
        init();
        client.ask(STARTUP_CLEAR);
        assertThat(client.ask("80017fffffff00000181")).isEqualTo(COMMAND_SIZE);
        assertThat(client.read()).isEmpty();
    }

    @Test
    void answersACommandWhoseRestDoesNotArrive() throws Exception {
        init();
        client.ask(STARTUP_CLEAR);
        assertThat(client.ask("80010000000e00000181")).isEqualTo(COMMAND_SIZE);
        assertThat(client.ask(SHUTDOWN_CLEAR)).isEqualTo(SUCCESS);
    }

    @Test
    void dropsAStraySessionEnd() throws Exception {
        client.send("00000014").endOutput();
        assertThat(client.read()).isEmpty();
        assertThat(instance.events.poll(5, TimeUnit.SECONDS)).isEqualTo("data closed");
    }

    @Test
    void answersAClientThatHasEndedItsOutput() throws Exception {
        client.send(READ_CLOCK).endOutput();
        assertThat(client.read()).isEqualTo(FAILURE);
        assertThat(client.read()).isEmpty();
    }

    @Test
    void servesManyClientsAtATime() throws Exception {
        init();
        try (TestClient other = TestClient.tcp(instance.port(1))) {
            assertThat(other.ask(STARTUP_CLEAR)).isEqualTo(SUCCESS);
            assertThat(client.ask(STARTUP_CLEAR)).isEqualTo(INITIALIZE);
            assertThat(other.ask(SHUTDOWN_CLEAR)).isEqualTo(SUCCESS);
        }
    }

    @Test
    void closesAfterEachResponseIfAsked() throws Exception {
        PortConfiguration configuration =
                new PortConfiguration(List.of(), List.of(Endpoint.Tcp.loopback(0)), Optional.empty(), true);
        try (TestInstance disconnecting = new TestInstance(configuration);
                TestClient once = TestClient.tcp(disconnecting.port(0))) {
            assertThat(once.ask(READ_CLOCK)).isEqualTo(FAILURE);
            assertThat(once.read()).isEmpty();
        }
    }
}
