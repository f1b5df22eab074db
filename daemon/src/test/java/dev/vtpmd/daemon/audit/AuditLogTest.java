package dev.vtpmd.daemon.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vtpmd.daemon.peer.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class AuditLogTest {
    private static final UUID INSTANCE = UUID.fromString("6e8b6d2c-3d5c-4a0b-9f6e-0d6a3b1f2c11");

    @TempDir
    private Path directory;

    private static JsonNode line(Path file, int number) throws IOException {
        return new ObjectMapper().readTree(Files.readAllLines(file).get(number));
    }

    @Test
    void anActAndAnEventAreALineEach() throws IOException {
        Path file = directory.resolve("audit.log");
        try (AuditLog log = AuditLog.in(file)) {
            log.act(
                    "create",
                    new Peer(42, -2, 7, Set.of(7)),
                    "guest",
                    AuditLog.Result.FAILED,
                    "a \"reason\"\nof two lines");
            log.event("on", INSTANCE, "guest", "its TPM is on");
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
        JsonNode act = line(file, 0);
        assertThat(act.get("kind").asText()).isEqualTo("act");
        assertThat(act.get("what").asText()).isEqualTo("create");
        assertThat(act.get("uid").asLong()).as("unsigned").isEqualTo(4_294_967_294L);
        assertThat(act.get("pid").asInt()).isEqualTo(42);
        assertThat(act.get("result").asText()).isEqualTo("failed");
        assertThat(act.get("detail").asText()).isEqualTo("a \"reason\"\nof two lines");
        JsonNode event = line(file, 1);
        assertThat(event.get("kind").asText()).isEqualTo("event");
        assertThat(event.get("uuid").asText()).isEqualTo(INSTANCE.toString());
        assertThat(event.has("uid")).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void whatIsThereStaysThere() throws IOException {
        Path file = Files.writeString(directory.resolve("audit.log"), "before\n");
        try (AuditLog log = AuditLog.in(file)) {
            log.event("on", INSTANCE, "guest", "its TPM is on");
        }

        assertThat(Files.readAllLines(file)).hasSize(2).startsWith("before");
    }

    @Test
    void aFileThatCannotBeIsRefusedAtOnce() {
        assertThatThrownBy(() -> AuditLog.in(directory.resolve("none").resolve("audit.log")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatCanBeBroughtAboutAtWillIsToldSeldom() {
        Damper damper = new Damper();

        assertThat(damper.oneMore()).hasValue(0);
        assertThat(List.of(damper.oneMore(), damper.oneMore()))
                .allSatisfy(more -> assertThat(more).isEmpty());
    }
}
