package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.RolledBackFileException;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every release reads what every earlier one has written. The directories under {@code golden} were written by the scripts
 * beside them after {@code docs/state-format.md}, not by vtpmd; they never change, a new version of the format gets a new one.
 */
class VersionedFormatTest {
    private static final UUID STOPPED = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f01");
    private static final UUID SUSPENDED = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f02");
    private static final Instant NEW_YEAR_2026 = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path temporary;

    @Test
    void readsAndContinuesVersion1() throws IOException, URISyntaxException {
        Path directory = temporary.resolve("state");
        copy(Path.of(VersionedFormatTest.class.getResource("golden/version-1").toURI()), directory);

        try (DiskStateStore store = DiskStateStore.open(directory, hostKey())) {
            assertThat(store.unreadable()).isEmpty();
            assertThat(store.list())
                    .containsExactly(
                            new InstanceInfo(STOPPED, "stopped", NEW_YEAR_2026, Map.of()),
                            new InstanceInfo(
                                    SUSPENDED,
                                    "suspended",
                                    NEW_YEAR_2026,
                                    Map.of("mssim", "2321", "note", "gr\u00fcn")));
            try (InstanceStore stopped = store.open(STOPPED);
                    InstanceStore suspended = store.open(SUSPENDED)) {
                assertThat(stopped.load(StateKind.PERMANENT)).contains(bytes("manufactured"));
                assertThat(stopped.load(StateKind.VOLATILE)).isEmpty();
                assertThat(suspended.load(StateKind.PERMANENT)).contains(bytes("permanent 7"));
                assertThat(suspended.load(StateKind.VOLATILE)).contains(bytes("volatile 4"));

                suspended.commit(StateKind.PERMANENT, bytes("permanent 8"));
                assertThat(suspended.load(StateKind.PERMANENT)).contains(bytes("permanent 8"));
            }
        }
    }

    @Test
    void readsAndReplacesTheAuthorityOfVersion1() throws IOException, URISyntaxException {
        Path directory = temporary.resolve("state");
        copy(Path.of(VersionedFormatTest.class.getResource("golden/version-1").toURI()), directory);
        Files.copy(
                Path.of(VersionedFormatTest.class
                        .getResource("golden/authority-version-1")
                        .toURI()),
                directory.resolve("authority"));

        try (DiskStateStore store = DiskStateStore.open(directory, hostKey())) {
            assertThat(store.authority()).contains(bytes("key and certificates"));
            store.keepAuthority(bytes("other certificates"));
            assertThat(store.authority()).contains(bytes("other certificates"));
        }
    }

    @Test
    void readsTheRegistersOfEachVersion() throws IOException, URISyntaxException {
        for (String register : List.of("register-version-1", "register-version-2")) {
            Path directory = temporary.resolve(register);
            copy(
                    Path.of(VersionedFormatTest.class
                            .getResource("golden/version-1")
                            .toURI()),
                    directory);
            Path golden = Path.of(
                    VersionedFormatTest.class.getResource("golden/" + register).toURI());
            try (Stream<Path> files = Files.list(golden)) {
                for (Path file : files.toList()) {
                    Files.copy(file, directory.resolve(file.getFileName()));
                }
            }

            for (int start = 0; start < 2; start++) {
                try (DiskStateStore store = DiskStateStore.open(directory, hostKey())) {
                    store.open(STOPPED).close();
                    // Its permanent state has generation 0x100000007, and had reached 0x100000008.
                    assertThatThrownBy(() -> store.open(SUSPENDED)).isInstanceOf(RolledBackFileException.class);
                }
            }
        }
    }

    private HostKeySource hostKey() throws IOException {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        Path file = Files.write(temporary.resolve("host.key"), key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new HostKeySource.GivenKey(new SecretSource.SecretFile(file));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
