package dev.vtpmd.daemon.port;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The control channel as the real swtpm_ioctl uses it; expected texts are those it prints with swtpm 0.7.1. */
@Timeout(60)
class SwtpmIoctlTest {
    @TempDir
    private Path directory;

    private Path socket;
    private TestInstance instance;

    @BeforeEach
    void open() throws Exception {
        socket = directory.resolve("control");
        instance = new TestInstance(new PortConfiguration(
                List.of(Endpoint.Unix.at(socket), Endpoint.Tcp.loopback(0)), List.of(), Optional.empty(), false));
    }

    @AfterEach
    void close() {
        instance.close();
    }

    @Test
    void readsCapabilitiesConfigurationAndBufferSize() throws Exception {
        assertThat(ioctl("-c")).isEqualTo("0: ptm capability is 0x1ffff");
        assertThat(ioctl("-g")).isEqualTo("0: ptm configuration flags: 0x0");
        assertThat(ioctl("-b", "4000")).startsWith("0: TPM buffersize: 4000\nminimum size  : ");
    }

    @Test
    void startsAndStopsTheTpm() throws Exception {
        assertThat(ioctl("-e")).isEqualTo("1: TPM result from PTM_GET_TPMESTABLISHED: 0xa");
        assertThat(ioctl("-i")).isEqualTo("0: ");
        assertThat(ioctl("-e")).isEqualTo("0: tpmEstablished is 0");
        assertThat(ioctl("-b", "4000")).isEqualTo("1: TPM result from PTM_SET_BUFFERSIZE: 0xa");
        assertThat(ioctl("-l", "3")).isEqualTo("0: ");
        assertThat(ioctl("-C")).isEqualTo("0: ");
        assertThat(ioctl("--stop")).isEqualTo("0: ");
        assertThat(ioctl("-v")).isEqualTo("1: TPM result from PTM_STORE_VOLATILE: 0xa");
        assertThat(ioctl("-s")).isEqualTo("0: ");
    }

    @Test
    void measuresALaunch() throws Exception {
        ioctl("-i");
        assertThat(ioctl("-h", "a".repeat(4000))).isEqualTo("0: ");
        assertThat(ioctl("-e")).isEqualTo("0: tpmEstablished is 1");
        assertThat(ioctl("-r", "2")).isEqualTo("1: TPM result from PTM_RESET_TPMESTABLISHED: 0x3d");
        assertThat(ioctl("-r", "4")).isEqualTo("0: ");
        assertThat(ioctl("-e")).isEqualTo("0: tpmEstablished is 0");
    }

    @Test
    void savesAndLoadsTheStates() throws Exception {
        ioctl("-i");
        for (String state : List.of("permanent", "volatile", "savestate")) {
            assertThat(ioctl("--save", state, directory.resolve(state).toString()))
                    .startsWith("0: ");
        }
        assertThat(Files.size(directory.resolve("permanent"))).isGreaterThan(16);
        ioctl("--stop");
        for (String state : List.of("permanent", "volatile")) {
            assertThat(ioctl("--load", state, directory.resolve(state).toString()))
                    .startsWith("0: ");
        }
        assertThat(ioctl("-i")).isEqualTo("0: ");
    }

    @Test
    void describesTheTpmOverTcp() throws Exception {
        String text = run("timeout", "20", "swtpm_ioctl", "--tcp", "127.0.0.1:" + instance.port(1), "--info", "0x5");
        assertThat(text)
                .startsWith("0: {\"TPMSpecification\":{\"family\":\"2.0\",\"level\":0,\"revision\":")
                .contains("\"TPMFeatures\":{\"RSAKeySizes\":[");
    }

    private String ioctl(String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of("timeout", "20", "swtpm_ioctl", "--unix", socket.toString()));
        line.addAll(List.of(options));
        return run(line.toArray(String[]::new));
    }

    /** Exit status and output. */
    private static String run(String... line) throws Exception {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return process.waitFor() + ": " + output.strip();
    }
}
