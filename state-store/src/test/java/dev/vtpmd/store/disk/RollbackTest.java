package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.RolledBackFileException;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource.GivenSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Older files put back, as whoever can write into the state directory would. */
class RollbackTest {
    private static final UUID GUEST = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f04");

    @TempDir
    Path temporary;

    @Test
    void anOlderFolderIsRefusedUntilItIsAccepted() throws IOException {
        create("one");
        copy(folder(), temporary.resolve("old"));
        commit("two");
        commit("three");
        restore();

        try (DiskStateStore store = open()) {
            assertThatThrownBy(() -> store.open(GUEST))
                    .isInstanceOf(RolledBackFileException.class)
                    .hasMessageContaining("an older permanent state was put back: generation 2, and it had reached 4");
            store.acceptRollback(GUEST);
            try (InstanceStore guest = store.open(GUEST)) {
                assertThat(guest.load(StateKind.PERMANENT)).contains(bytes("one"));
            }
        }
        commit("four");
        assertThat(content()).isEqualTo("four");
    }

    @Test
    void bothOlderSlotsOfOneStateAreRefused() throws IOException {
        create("one");
        copy(folder(), temporary.resolve("old"));
        commit("two");
        for (String slot : List.of("permanent.0", "permanent.1")) {
            Files.write(
                    folder().resolve(slot),
                    Files.readAllBytes(temporary.resolve("old").resolve(slot)));
        }

        assertThatThrownBy(this::content).isInstanceOf(RolledBackFileException.class);
    }

    @Test
    void oneOlderSlotIsRefusedUntilItIsAccepted() throws IOException {
        create("one");
        copy(folder(), temporary.resolve("old"));
        commit("two");
        commit("three");
        commit("four");
        Files.write(
                folder().resolve("permanent.0"),
                Files.readAllBytes(temporary.resolve("old").resolve("permanent.0")));

        assertThatThrownBy(this::content).isInstanceOf(RolledBackFileException.class);
        try (DiskStateStore store = open()) {
            store.acceptRollback(GUEST);
        }
        assertThat(content()).isEqualTo("four");
    }

    @Test
    void aDestroyedInstanceDoesNotComeBack() throws IOException {
        create("one");
        copy(folder(), temporary.resolve("old"));
        try (DiskStateStore store = open()) {
            store.destroy(GUEST);
        }
        restore();

        assertThatThrownBy(this::content)
                .isInstanceOf(RolledBackFileException.class)
                .hasMessageContaining("is not registered here");
    }

    @Test
    void aCrashIsNoRollback() throws IOException {
        DiskStateStore crashed = open();
        InstanceStore guest = crashed.create(info(), bytes("first"));
        for (int i = 0; i < 3 * GenerationRegister.INTERVAL; i++) {
            guest.commit(StateKind.PERMANENT, bytes("state " + i));
        }
        Path copy = temporary.resolve("copy");
        copyAll(temporary.resolve("state"), copy);
        crashed.close();

        try (DiskStateStore store = DiskStateStore.open(copy, key());
                InstanceStore instance = store.open(GUEST)) {
            assertThat(instance.load(StateKind.PERMANENT))
                    .contains(bytes("state " + (3 * GenerationRegister.INTERVAL - 1)));
        }
    }

    @Test
    void whileAnInstanceIsOpenItsMarkIsNeverFarBehind() throws IOException {
        DiskStateStore crashed = open();
        InstanceStore guest = crashed.create(info(), bytes("first"));
        copy(folder(), temporary.resolve("old"));
        for (int i = 0; i < GenerationRegister.INTERVAL; i++) {
            guest.commit(StateKind.PERMANENT, bytes("state " + i));
        }
        Path copy = temporary.resolve("copy");
        copyAll(temporary.resolve("state"), copy);
        crashed.close();
        Path there = copy.resolve("instances").resolve(GUEST.toString());
        copy(temporary.resolve("old"), there);

        try (DiskStateStore store = DiskStateStore.open(copy, key())) {
            assertThatThrownBy(() -> store.open(GUEST)).isInstanceOf(RolledBackFileException.class);
        }
    }

    @Test
    void aDamagedNewestSlotIsNoRollback() throws IOException {
        create("one");
        commit("two");
        byte[] newest = Files.readAllBytes(folder().resolve("permanent.1"));
        newest[80] ^= 1;
        Files.write(folder().resolve("permanent.1"), newest);

        assertThat(content()).isEqualTo("one");
    }

    @Test
    void aDirectoryWithoutARegisterGetsOne() throws IOException {
        create("one");
        Path state = temporary.resolve("state");
        Files.delete(state.resolve("register.0"));
        Files.delete(state.resolve("register.1"));
        copy(folder(), temporary.resolve("old"));

        assertThat(content()).isEqualTo("one");
        commit("two");
        restore();
        assertThatThrownBy(this::content).isInstanceOf(RolledBackFileException.class);
    }

    private void create(String state) throws IOException {
        try (DiskStateStore store = open()) {
            store.create(info(), bytes(state)).close();
        }
    }

    private void commit(String state) throws IOException {
        try (DiskStateStore store = open();
                InstanceStore guest = store.open(GUEST)) {
            guest.commit(StateKind.PERMANENT, bytes(state));
        }
    }

    private String content() throws IOException {
        try (DiskStateStore store = open();
                InstanceStore guest = store.open(GUEST)) {
            return new String(guest.load(StateKind.PERMANENT).orElseThrow(), StandardCharsets.US_ASCII);
        }
    }

    private DiskStateStore open() throws IOException {
        return DiskStateStore.open(temporary.resolve("state"), key());
    }

    private Path folder() {
        return temporary.resolve("state").resolve("instances").resolve(GUEST.toString());
    }

    private void restore() throws IOException {
        copy(temporary.resolve("old"), folder());
    }

    private static InstanceInfo info() {
        return new InstanceInfo(GUEST, "guest", Instant.EPOCH, Map.of());
    }

    private static HostKeySource key() {
        byte[] key = new byte[32];
        key[0] = 1;
        return new HostKeySource.GivenKey(new GivenSecret("key", key));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
