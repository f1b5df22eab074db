package dev.vtpmd.store.disk;

import dev.vtpmd.store.DirectoryInUseException;
import dev.vtpmd.store.InstanceStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A real process on real files, killed with SIGKILL. */
class KilledProcessTest {
    private static final int KILLS = 6;

    @TempDir
    Path temporary;

    @Test
    void whatAKilledProcessAcknowledgedIsThere() throws IOException, InterruptedException {
        Path directory = temporary.resolve("state");
        Random random = new Random(7);
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(directory);
            long acknowledged = 0;
            try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
                for (int lines = 1 + random.nextInt(60); lines > 0; lines--) {
                    acknowledged = Long.parseLong(output.readLine());
                }
                // Not Process.destroyForcibly, which closes the output before all of it has been read.
                process.toHandle().destroyForcibly();
                process.waitFor();
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    acknowledged = line.isEmpty() ? acknowledged : Math.max(acknowledged, Long.parseLong(line));
                }
            }
            try (DiskStateStore store = CommittingProcess.open(directory);
                    InstanceStore instance = store.open(CommittingProcess.INSTANCE)) {
                long found = CommittingProcess.number(instance);
                assertThat(found).isBetween(acknowledged, acknowledged + 1).isGreaterThan(before);
                before = found;
            }
        }
    }

    @Test
    void aSecondProcessIsToldWhoHoldsTheDirectory() throws IOException, InterruptedException {
        Path directory = temporary.resolve("state");
        Process process = start(directory);
        try (BufferedReader output = process.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(output.readLine()).isEqualTo("1");
            assertThatThrownBy(() -> CommittingProcess.open(directory))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessage(directory + ": in use by the process with pid " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
        CommittingProcess.open(directory).close();
    }

    private static Process start(Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
