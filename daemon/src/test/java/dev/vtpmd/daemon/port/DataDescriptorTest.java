package dev.vtpmd.daemon.port;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** SET_DATAFD with a descriptor from another process, which Java by itself cannot send. */
@Timeout(30)
class DataDescriptorTest {
    private static final String READ_CLOCK = "80010000000a00000181";
    private static final String FAILURE = "80010000000a00000101";

    @TempDir
    private Path directory;

    private Path control;
    private TestInstance instance;

    @BeforeEach
    void open() throws Exception {
        control = directory.resolve("control");
        instance = new TestInstance(
                new PortConfiguration(List.of(Endpoint.Unix.at(control)), List.of(), Optional.empty(), false));
    }

    @AfterEach
    void close() {
        instance.close();
    }

    @Test
    void servesTheDescriptorAndRefusesASecondOne() throws Exception {
        assertThat(handOver(READ_CLOCK, READ_CLOCK))
                .containsExactly("00000000", FAILURE, FAILURE, "second: 0000001f", "left open: no");
    }

    @Test
    void takesAnotherOneOnceTheFirstIsGone() throws Exception {
        for (int guest = 0; guest < 3; guest++) {
            assertThat(handOver(READ_CLOCK)).startsWith("00000000", FAILURE);
            assertThat(List.of(nextEvent(), nextEvent())).containsExactlyInAnyOrder("data closed", "control closed");
        }
    }

    private String nextEvent() throws InterruptedException {
        return String.valueOf(instance.events.poll(10, TimeUnit.SECONDS));
    }

    private List<String> handOver(String... commands) throws IOException, InterruptedException {
        Path script = Path.of("src/test/resources/dev/vtpmd/daemon/port/hand-over-data-channel.py");
        List<String> line = new ArrayList<>(List.of("python3", script.toString(), control.toString()));
        line.addAll(List.of(commands));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
