package dev.vtpmd.daemon.port;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class InstancePortsTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhichPortIsTakenAndOpensNone() throws Exception {
        Path control = directory.resolve("control");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortConfiguration configuration = new PortConfiguration(
                    List.of(Endpoint.Unix.at(control)),
                    List.of(Endpoint.Tcp.loopback(taken.getLocalPort())),
                    Optional.empty(),
                    false);
            assertThatExceptionOfType(PortException.class)
                    .isThrownBy(() -> new TestInstance(configuration))
                    .withMessage("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
            assertThat(control).doesNotExist();
        }
    }

    @Test
    void replacesAStaleSocketAndRemovesItsOwn() throws Exception {
        Path path = directory.resolve("control");
        Endpoint endpoint = new Endpoint.Unix(path, 0600, OptionalInt.empty(), OptionalInt.empty());
        PortConfiguration configuration = new PortConfiguration(List.of(endpoint), List.of(), Optional.empty(), false);
        try (TestInstance stale = new TestInstance(configuration)) {
            try (TestInstance fresh = new TestInstance(configuration);
                    TestClient client = TestClient.unix(path)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rw-------");
                stale.close();
                assertThat(path).exists();
                assertThat(client.ask("00000001")).isEqualTo("000000000001ffff");
            }
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void leavesAFileThatIsNoSocketAlone() throws Exception {
        Path path = Files.writeString(directory.resolve("control"), "precious");
        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> new TestInstance(
                        new PortConfiguration(List.of(Endpoint.Unix.at(path)), List.of(), Optional.empty(), false)))
                .withMessage("cannot listen on " + path + ": it exists and is no socket");
        assertThat(path).hasContent("precious");
    }

    @Test
    void refusesAPathThatIsTooLongForASocket() {
        Path path = directory.resolve("x".repeat(108));
        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> new TestInstance(
                        new PortConfiguration(List.of(), List.of(Endpoint.Unix.at(path)), Optional.empty(), false)))
                .withMessageContaining("at most 107 bytes");
    }

    @Test
    void refusesADescriptorThatIsNoSocket() {
        assertThatExceptionOfType(PortException.class)
                .isThrownBy(() -> new TestInstance(
                        new PortConfiguration(List.of(), List.of(new Endpoint.Connected(0)), Optional.empty(), false)))
                .withMessageContaining("descriptor 0 is no");
    }

    @Test
    void hasRoomForSoManyClientsAndTurnsMoreAway() throws Exception {
        Path path = directory.resolve("control");
        List<TestClient> clients = new ArrayList<>();
        try (TestInstance instance = new TestInstance(
                new PortConfiguration(List.of(Endpoint.Unix.at(path)), List.of(), Optional.empty(), false))) {
            for (int i = 0; i < 64; i++) {
                clients.add(TestClient.unix(path));
                assertThat(clients.getLast().ask("00000001")).isEqualTo("000000000001ffff");
            }
            try (TestClient oneMore = TestClient.unix(path)) {
                assertThat(oneMore.read()).as("the end").isEmpty();
            }
            assertThat(instance.turnedAway.take()).isEqualTo("there are 64 connections");
            assertThat(clients.getFirst().ask("00000001")).isEqualTo("000000000001ffff");

            clients.removeLast().close();
            assertThat(instance.events.take()).isEqualTo("control closed");
            try (TestClient another = TestClient.unix(path)) {
                assertThat(another.ask("00000001")).isEqualTo("000000000001ffff");
            }
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void theLastDescriptorsAreNotForClients() {
        Descriptors few = new Descriptors(120);
        assertThat(few.mayUse(89)).isTrue();
        assertThat(few.mayUse(90)).isFalse();
        Descriptors many = new Descriptors(20_000);
        assertThat(many.mayUse(19_839)).isTrue();
        assertThat(many.mayUse(19_840)).isFalse();
        assertThat(many.reason()).contains("may have 20000");
    }

    @Test
    void servesTheDataChannelOnAUnixSocket() throws Exception {
        Path path = directory.resolve("data");
        try (TestInstance instance = new TestInstance(
                        new PortConfiguration(List.of(), List.of(Endpoint.Unix.at(path)), Optional.empty(), false));
                TestClient client = TestClient.unix(path)) {
            assertThat(client.ask("80010000000a00000181")).isEqualTo("80010000000a00000101");
            instance.close();
            assertThat(client.read()).isEmpty();
        }
    }
}
