package dev.vtpmd.store.disk;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.DirectoryInUseException;
import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.InstanceExistsException;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.NoSuchInstanceException;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DiskStateStoreTest {
    private static final UUID VM1 = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f01");
    private static final UUID VM2 = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f02");

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void nameDirectory() {
        directory = temporary.resolve("state");
    }

    @Test
    void keepsInstancesAndTheirStates() throws IOException {
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.create(info(VM1, "vm1"), bytes("manufactured"))) {
            vm1.commit(StateKind.PERMANENT, bytes("first"));
            vm1.commit(StateKind.PERMANENT, bytes("second"));
            vm1.commit(StateKind.VOLATILE, bytes("running"));
        }

        try (DiskStateStore store = open();
                InstanceStore vm1 = store.open(VM1)) {
            assertThat(store.list()).containsExactly(info(VM1, "vm1"));
            assertThat(vm1.load(StateKind.PERMANENT)).contains(bytes("second"));
            assertThat(vm1.load(StateKind.VOLATILE)).contains(bytes("running"));
        }
    }

    @Test
    void givesANewInstanceItsFirstStateAndNoVolatileState() throws IOException {
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.create(info(VM1, "vm1"), bytes("manufactured"))) {
            assertThat(vm1.load(StateKind.PERMANENT)).contains(bytes("manufactured"));
            assertThat(vm1.load(StateKind.VOLATILE)).isEmpty();
        }
    }

    @Test
    void readsManyInstancesAndTellsApartTheOneThatCannotBeRead() throws IOException {
        List<InstanceInfo> all = IntStream.range(100, 140)
                .mapToObj(number -> info(new UUID(7, number), "vm" + number))
                .toList();
        try (DiskStateStore store = open()) {
            for (InstanceInfo info : all) {
                store.create(info, bytes(info.name())).close();
            }
        }
        Path folder = directory.resolve("instances").resolve(all.get(20).uuid().toString());
        Files.write(folder.resolve("key.0"), new byte[4096]);
        Files.write(folder.resolve("key.1"), new byte[4096]);

        try (DiskStateStore store = open()) {
            assertThat(store.unreadable()).containsOnlyKeys(all.get(20).uuid());
            assertThat(store.list())
                    .containsExactlyElementsOf(
                            all.stream().filter(info -> info != all.get(20)).toList());
            for (InstanceInfo info : store.list()) {
                try (InstanceStore instance = store.open(info.uuid())) {
                    assertThat(instance.load(StateKind.PERMANENT)).contains(bytes(info.name()));
                }
            }
        }
    }

    @Test
    void deletesTheVolatileState() throws IOException {
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.create(info(VM1, "vm1"), bytes("manufactured"))) {
            vm1.commit(StateKind.VOLATILE, bytes("running"));
            vm1.delete(StateKind.VOLATILE);
            vm1.delete(StateKind.VOLATILE);
            assertThat(vm1.load(StateKind.VOLATILE)).isEmpty();
        }
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.open(VM1)) {
            assertThat(vm1.load(StateKind.VOLATILE)).isEmpty();
            vm1.commit(StateKind.VOLATILE, bytes("again"));
            assertThat(vm1.load(StateKind.VOLATILE)).contains(bytes("again"));
        }
    }

    @Test
    void takesStatesOfAnySize() throws IOException {
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.create(info(VM1, "vm1"), new byte[0])) {
            for (int size : new int[] {16300, 100, 16384, 70_000, 1_000_000, 20_000, 1, 0}) {
                byte[] state = new byte[size];
                Arrays.fill(state, (byte) size);
                vm1.commit(StateKind.PERMANENT, state);
                assertThat(vm1.load(StateKind.PERMANENT)).contains(state);
            }
        }
    }

    @Test
    void anOrdinaryCommitKeepsTheFilesSize() throws IOException {
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.create(info(VM1, "vm1"), new byte[5000])) {
            for (int i = 0; i < 4; i++) {
                vm1.commit(StateKind.PERMANENT, new byte[5000 + 700 * i]);
                assertThat(slot("permanent.0")).hasSize(16384);
                assertThat(slot("permanent.1")).hasSize(16384);
            }
        }
    }

    @Test
    void keepsAnAuthorityWhichADamagedFileDoesNotReplace() throws IOException {
        try (DiskStateStore store = open()) {
            assertThat(store.authority()).isEmpty();
            store.keepAuthority(bytes("first"));
            store.keepAuthority(bytes("second"));
        }
        try (DiskStateStore store = open()) {
            assertThat(store.authority()).contains(bytes("second"));
            byte[] file = Files.readAllBytes(directory.resolve("authority"));
            file[70] ^= 1;
            Files.write(directory.resolve("authority"), file);
            assertThatThrownBy(store::authority).isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    void describesAnInstanceAnew() throws IOException {
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.create(info(VM1, "vm1"), bytes("x"))) {
            store.configure(VM1, Map.of("mssim", "2321", "note", "gr\u00fcn"));
            vm1.commit(StateKind.PERMANENT, bytes("y"));
        }
        try (DiskStateStore store = open()) {
            assertThat(store.list().getFirst().settings())
                    .containsOnly(Map.entry("mssim", "2321"), Map.entry("note", "gr\u00fcn"));
        }
    }

    @Test
    void destroysAnInstance() throws IOException {
        try (DiskStateStore store = open()) {
            store.create(info(VM1, "vm1"), bytes("x")).close();
            store.create(info(VM2, "vm2"), bytes("y")).close();
            store.destroy(VM1);
            assertThat(store.list()).extracting(InstanceInfo::name).containsExactly("vm2");
            assertThatThrownBy(() -> store.open(VM1)).isInstanceOf(NoSuchInstanceException.class);
            store.create(info(VM1, "vm1"), bytes("new")).close();
        }
        try (DiskStateStore store = open();
                InstanceStore vm1 = store.open(VM1)) {
            assertThat(vm1.load(StateKind.PERMANENT)).contains(bytes("new"));
        }
    }

    @Test
    void refusesASecondInstanceOfTheSameNameOrUuid() throws IOException {
        try (DiskStateStore store = open()) {
            store.create(info(VM1, "vm1"), bytes("x")).close();
            assertThatThrownBy(() -> store.create(info(VM2, "vm1"), bytes("x")))
                    .isInstanceOf(InstanceExistsException.class)
                    .hasMessage(directory + ": there is an instance 'vm1' already");
            assertThatThrownBy(() -> store.create(info(VM1, "vm2"), bytes("x")))
                    .isInstanceOf(InstanceExistsException.class);
        }
    }

    @Test
    void refusesAnotherHostKey() throws IOException {
        try (DiskStateStore store = open(keyFile("a", "11".repeat(32)))) {
            store.create(info(VM1, "vm1"), bytes("x")).close();
        }
        assertThatThrownBy(() -> open(keyFile("b", "22".repeat(32))))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageMatching(directory + "/store.[01]: is sealed with another host key .*")
                .hasMessageNotContaining("22".repeat(8));
        try (DiskStateStore store = open(keyFile("a", "11".repeat(32)))) {
            assertThat(store.list()).hasSize(1);
        }
    }

    @Test
    void makesAHostKeyThatItsOwnerAloneCanRead() throws IOException {
        open().close();

        Path key = directory.resolve("host.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(key).content().matches("[0-9a-f]{64}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void makesNoSecondHostKeyWhenTheFirstIsGone() throws IOException {
        open().close();
        Files.delete(directory.resolve("host.key"));

        assertThatThrownBy(this::open)
                .isInstanceOf(HostKeyException.class)
                .hasMessage(
                        directory + "/host.key: is missing; without a host key the instances of this directory cannot "
                                + "be opened");
    }

    @Test
    void isHeldByOneStoreAtATime() throws IOException {
        long self = ProcessHandle.current().pid();
        try (DiskStateStore store = open()) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(this::open)
                        .isInstanceOf(DirectoryInUseException.class)
                        .hasMessage(directory + ": in use by the process with pid " + self);
            }
            assertThat(store.list()).isEmpty();
        }
        open().close();
    }

    @Test
    void goesOnWithoutAnInstanceThatIsDamaged() throws IOException {
        try (DiskStateStore store = open()) {
            store.create(info(VM1, "vm1"), bytes("x")).close();
            store.create(info(VM2, "vm2"), bytes("y")).close();
        }
        Files.write(slot("key.0"), new byte[4096]);
        Files.delete(slot("key.1"));

        try (DiskStateStore store = open()) {
            assertThat(store.list()).extracting(InstanceInfo::name).containsExactly("vm2");
            assertThat(store.unreadable()).containsOnlyKeys(VM1);
            assertThatThrownBy(() -> store.open(VM1))
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessage(slot("key.0") + ": is damaged: its header is not intact; key.1 is missing");
            store.destroy(VM1);
            assertThat(store.unreadable()).isEmpty();
        }
    }

    @Test
    void opensAnInstanceThatWasPutRightWithoutARestart() throws IOException {
        try (DiskStateStore store = open()) {
            store.create(info(VM1, "vm1"), bytes("x")).close();
        }
        byte[] key = Files.readAllBytes(slot("key.0"));
        Files.delete(slot("key.0"));
        Files.delete(slot("key.1"));

        try (DiskStateStore store = open()) {
            assertThat(store.unreadable()).containsOnlyKeys(VM1);
            Files.write(slot("key.0"), key);
            store.open(VM1).close();
            assertThat(store.list()).hasSize(1);
            assertThat(store.unreadable()).isEmpty();
        }
    }

    @Test
    void saysWhyADirectoryCannotBeMade() {
        directory = temporary.resolve("missing").resolve("state");

        assertThatThrownBy(this::open).hasMessage(directory + ": no such file or directory");
    }

    @Test
    void goesOverToAnotherHostKeyWhileInstancesAreOpen() throws IOException {
        HostKeySource old = keyFile("old", "11".repeat(32));
        HostKeySource replacement = keyFile("new", "22".repeat(32));
        try (DiskStateStore store = open(old);
                InstanceStore vm1 = store.create(info(VM1, "vm1"), bytes("x"))) {
            store.create(info(VM2, "vm2"), bytes("y")).close();
            store.changeHostKey(replacement);
            vm1.commit(StateKind.PERMANENT, bytes("after"));
        }

        assertThatThrownBy(() -> open(old)).isInstanceOf(WrongKeyException.class);
        try (DiskStateStore store = open(replacement);
                InstanceStore vm1 = store.open(VM1);
                InstanceStore vm2 = store.open(VM2)) {
            assertThat(vm1.load(StateKind.PERMANENT)).contains(bytes("after"));
            assertThat(vm2.load(StateKind.PERMANENT)).contains(bytes("y"));
        }
    }

    private DiskStateStore open() throws IOException {
        return open(new HostKeySource.KeptBesideState());
    }

    private DiskStateStore open(HostKeySource key) throws IOException {
        return DiskStateStore.open(directory, key);
    }

    private HostKeySource keyFile(String name, String hexadecimal) throws IOException {
        Path file = temporary.resolve(name);
        Files.writeString(file, hexadecimal);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new HostKeySource.GivenKey(new SecretSource.SecretFile(file));
    }

    private Path slot(String name) {
        return directory.resolve("instances").resolve(VM1.toString()).resolve(name);
    }

    private static InstanceInfo info(UUID uuid, String name) {
        return new InstanceInfo(uuid, name, Instant.ofEpochMilli(1_790_000_000_000L), Map.of("tcp", "5000"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
