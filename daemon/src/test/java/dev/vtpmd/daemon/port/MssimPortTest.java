package dev.vtpmd.daemon.port;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The MSSIM ports, as the TPM software stacks use them. */
@Timeout(30)
class MssimPortTest {
    private static final String ACK = "00000000";
    private static final String STARTUP_CLEAR = "00000008 00 0000000c 80010000000c000001440000";
    private static final String SUCCESS = "0000000a" + "80010000000a00000000" + ACK;
    private static final String INITIALIZE = "0000000a" + "80010000000a00000100" + ACK;

    private TestInstance instance;
    private TestClient command;
    private TestClient platform;

    @BeforeEach
    void open() throws Exception {
        instance = new TestInstance(new PortConfiguration(
                List.of(),
                List.of(),
                Optional.of(new PortConfiguration.Mssim(Endpoint.Tcp.loopback(0), Endpoint.Tcp.loopback(0))),
                false));
        command = TestClient.tcp(instance.port(0));
        platform = TestClient.tcp(instance.port(1));
    }

    @AfterEach
    void close() throws Exception {
        command.close();
        platform.close();
        instance.close();
    }

    @Test
    void servesTctiMssim() throws Exception {
        assertThat(platform.ask("00000001")).isEqualTo(ACK);
        assertThat(platform.ask("0000000b")).isEqualTo(ACK);
        command.send("00000008 00 0000000c");
        assertThat(command.ask("80010000000c000001440000")).isEqualTo(SUCCESS);
        platform.send("00000014");
        assertThat(platform.read()).isEmpty();
        command.send("00000014");
        assertThat(command.read()).isEmpty();
        assertThat(instance.device.running()).isTrue();
    }

    @Test
    void shakesHands() throws Exception {
        assertThat(command.ask("0000000f 00000001")).isEqualTo("00000001" + "0000000d" + ACK);
        assertThat(command.ask("0000000f 00000000")).isEmpty();
    }

    @Test
    void answersNothingWithoutPower() throws Exception {
        assertThat(command.ask(STARTUP_CLEAR)).isEqualTo("00000000" + ACK);
        assertThat(command.ask("00000005")).isEqualTo(ACK);
        assertThat(platform.ask("0000000b")).isEqualTo(ACK);
        assertThat(platform.ask("00000009")).isEqualTo(ACK);
        assertThat(platform.ask("00000011")).isEqualTo(ACK);
        assertThat(instance.device.running()).isFalse();
    }

    @Test
    void resetsAndPowerCycles() throws Exception {
        platform.ask("00000001");
        assertThat(command.ask(STARTUP_CLEAR)).isEqualTo(SUCCESS);
        assertThat(platform.ask("00000001")).isEqualTo(ACK);
        assertThat(command.ask(STARTUP_CLEAR)).isEqualTo(INITIALIZE);
        assertThat(platform.ask("00000011")).isEqualTo(ACK);
        assertThat(command.ask(STARTUP_CLEAR)).isEqualTo(SUCCESS);
        assertThat(platform.ask("00000002")).isEqualTo(ACK);
        assertThat(command.ask(STARTUP_CLEAR)).isEqualTo("00000000" + ACK);
        assertThat(platform.ask("00000001")).isEqualTo(ACK);
        assertThat(command.ask(STARTUP_CLEAR)).isEqualTo(SUCCESS);
    }

    @Test
    void measuresALaunch() throws Exception {
        platform.ask("00000001");
        assertThat(command.ask("00000005")).isEqualTo(ACK);
        assertThat(command.ask("00000006 00000003 616263")).isEqualTo(ACK);
        assertThat(command.ask("00000007")).isEqualTo(ACK);
        assertThat(instance.device.established()).isTrue();
    }

    @Test
    void acknowledgesEverySignalOfThePlatform() throws Exception {
        platform.ask("00000001");
        for (String signal : List.of("03", "04", "0c", "0b", "0d", "0e", "12", "1e", "0a")) {
            assertThat(platform.ask("000000" + signal)).as(signal).isEqualTo(ACK);
        }
        assertThat(platform.ask("0000001a 40000110")).isEqualTo("00000000" + ACK);
        assertThat(platform.ask("00000023 00000001")).isEqualTo(ACK);
        assertThat(platform.ask("00000024 00000001")).isEqualTo(ACK);
        assertThat(command.ask("00000010 00000001")).isEqualTo(ACK);
    }

    @Test
    void tellsThatACountdownTimerHasRunOut() throws Exception {
        String signaled = "0000001a 40000110";
        assertThat(platform.ask(signaled)).isEqualTo("00000000" + ACK);
        platform.ask("00000001");
        command.ask(STARTUP_CLEAR);
        String oneSecond = "8002 0000001f 00000198 40000110 00000009 40000009 0000 01 0000 00000001";
        command.ask("00000008 00 0000001f" + oneSecond);
        assertThat(platform.ask(signaled)).isEqualTo("00000000" + ACK);
        String answer;
        do {
            answer = platform.ask(signaled);
        } while (answer.equals("00000000" + ACK));
        assertThat(answer).isEqualTo("00000001" + ACK);
    }

    /** TSS.MSR for Java sends a length before each of its platform signals, which counts as PHYS_PRES_OFF. */
    @Test
    void acknowledgesBothWordsOfTssMsrForJava() throws Exception {
        platform.send("00000004 00000001");
        StringBuilder acks = new StringBuilder();
        while (acks.length() < 16) {
            acks.append(platform.read());
        }
        assertThat(acks).hasToString(ACK + ACK);
    }

    @Test
    void tellsTheLargestCommandAndResponseInHostOrder() throws Exception {
        platform.ask("00000001");
        command.ask(STARTUP_CLEAR);
        assertThat(platform.ask("00000019"))
                .isEqualTo("00000010" + "0c000000" + "44010000" + "0a000000" + "44010000" + ACK);
        assertThat(platform.ask("00000019")).startsWith("00000010" + "00000000");
    }

    @Test
    void endsOnAnUnknownSignal() throws Exception {
        assertThat(platform.ask("00000063")).isEqualTo("00000001");
        assertThat(platform.read()).isEmpty();
        assertThat(command.ask("00000063")).isEmpty();
    }

    @Test
    void endsOnAPayloadAboveTheLimit() throws Exception {
        assertThat(command.ask("00000006 00100001")).isEmpty();
    }

    @Test
    void tellsTheProcessOfStop() throws Exception {
        assertThat(command.ask("00000015")).isEmpty();
        assertThat(instance.events.poll(5, TimeUnit.SECONDS)).isEqualTo("stop");
        assertThat(platform.ask("00000015")).isEmpty();
    }
}
