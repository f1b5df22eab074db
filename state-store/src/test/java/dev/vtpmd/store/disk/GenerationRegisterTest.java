package dev.vtpmd.store.disk;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.RolledBackFileException;
import dev.vtpmd.store.disk.GenerationRegister.Marks;
import dev.vtpmd.store.file.Fault;
import dev.vtpmd.store.file.PowerLoss;
import dev.vtpmd.store.file.SimulatedDisk;
import dev.vtpmd.store.file.SimulatedDisk.Unsynced;
import dev.vtpmd.store.file.StateFile;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GenerationRegisterTest {
    private static final Path DIRECTORY = Path.of("/state");
    private static final SealingKey HOST_KEY = new SealingKey(new byte[32]);
    /** So many changes that the whole register is written more than once on the way. */
    private static final int MANY = 300;

    private SimulatedDisk disk;

    @BeforeEach
    void makeDisk() throws IOException {
        disk = new SimulatedDisk(DIRECTORY);
        try (GenerationRegister none = register(disk)) {
            none.create(Set.of());
        }
    }

    @Test
    void aChangeCostsLittleHoweverManyInstancesThereAre() throws IOException {
        try (GenerationRegister register = register(disk)) {
            register.create(IntStream.range(0, 10_000)
                    .mapToObj(GenerationRegisterTest::instance)
                    .collect(Collectors.toSet()));
            long before = disk.bytesWritten();
            for (int i = 0; i < 1000; i++) {
                register.put(instance(10_000 + i), new Marks(1, 1));
            }
            // The whole has 320 KB.
            assertThat((disk.bytesWritten() - before) / 1000).isLessThan(10_000);
        }
        assertThat(registered(disk)).hasSize(11_000).containsEntry(instance(10_999), new Marks(1, 1));
    }

    @Test
    void whatComesDuringAWriteIsWrittenTogether() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        try (GenerationRegister register = register(slow(disk, slow, writing, goOn))) {
            register.load(Set.of());
            slow.set(true);
            long before = disk.syncs();
            List<CompletableFuture<Void>> puts = new ArrayList<>();
            puts.add(putting(register, 0));
            writing.await();
            for (int i = 1; i < 100; i++) {
                puts.add(putting(register, i));
            }
            while (register.waiting() < 99) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            puts.forEach(CompletableFuture::join);
            assertThat(disk.syncs() - before).isEqualTo(2);
        }
        assertThat(registered(disk)).hasSize(100);
    }

    @Test
    void whatFailsChangesNothing() throws IOException {
        try (GenerationRegister register = register(disk)) {
            register.load(Set.of());
            register.put(instance(1), new Marks(1, 1));
            long now = disk.operations();
            disk.failAt(now, now, Fault.DEVICE_ERROR, new Random(1));
            assertThatThrownBy(() -> register.put(instance(1), new Marks(2, 2)))
                    .hasMessageContaining("Input/output error");
            assertThat(register.find(instance(1))).contains(new Marks(1, 1));
            register.put(instance(2), new Marks(1, 1));
        }
        assertThat(registered(disk)).isEqualTo(Map.of(instance(1), new Marks(1, 1), instance(2), new Marks(1, 1)));
    }

    @Test
    void powerLossAtAnyOperationLosesNothing() throws IOException {
        long first = disk.operations();
        Map<UUID, Marks> all = new HashMap<>();
        changeMany(disk, all, new HashMap<>());
        long operations = disk.operations();
        for (Fault fault : List.of(Fault.POWER_LOSS, Fault.POWER_LOSS_IN_THE_MIDDLE)) {
            for (long at = first; at < operations; at++) {
                makeDisk();
                Random random = new Random(at);
                disk.failAt(at, at, fault, random);
                Map<UUID, Marks> acknowledged = new HashMap<>();
                Map<UUID, Marks> next = new HashMap<>();
                try {
                    changeMany(disk, acknowledged, next);
                } catch (PowerLoss e) {
                    for (Unsynced outcome : Unsynced.values()) {
                        SimulatedDisk after = disk.afterPowerLoss(outcome, random);
                        assertThat(registered(after))
                                .as("%s at %d, %s", fault, at, outcome)
                                .isIn(acknowledged, next);
                    }
                    continue;
                }
                throw new AssertionError("the power did not go");
            }
        }
        assertThat(all).hasSizeGreaterThan(100);
    }

    @Test
    void aFailureAtAnyOperationLeavesTheStateBeforeOrAfter() throws IOException {
        long first = disk.operations();
        changeMany(disk, new HashMap<>(), new HashMap<>());
        long operations = disk.operations();
        for (long at = first; at < operations; at++) {
            makeDisk();
            Random random = new Random(at);
            disk.failAt(at, at, Fault.DEVICE_ERROR, random);
            Map<UUID, Marks> acknowledged = new HashMap<>();
            Map<UUID, Marks> next = new HashMap<>();
            try {
                changeMany(disk, acknowledged, next);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("Input/output error");
            }
            for (Unsynced outcome : Unsynced.values()) {
                assertThat(registered(disk.afterPowerLoss(outcome, random)))
                        .as("at %d, %s", at, outcome)
                        .isIn(acknowledged, next);
            }
        }
    }

    @Test
    void aDamagedSlotLosesTheLastChangeAtMost() throws IOException {
        for (int count : new int[] {1, 119, 120, 121, 122, 123, 124, 250}) {
            for (String file : List.of("register.0", "register.1", "changes.0", "changes.1")) {
                makeDisk();
                Map<UUID, Marks> all = new HashMap<>();
                Map<UUID, Marks> before = new HashMap<>();
                try (GenerationRegister register = register(disk)) {
                    register.load(Set.of());
                    for (int i = 0; i < count; i++) {
                        before = new HashMap<>(all);
                        all.put(instance(i), new Marks(1, 1));
                        register.put(instance(i), new Marks(1, 1));
                    }
                }
                try (StateFile slot = disk.open(DIRECTORY.resolve(file))) {
                    slot.writeFully(new byte[] {1}, 70);
                }
                assertThat(registered(disk)).as("%d changes, %s", count, file).isIn(all, before);
            }
        }
    }

    @Test
    void oneOfTheTwoPutBackAloneIsNoticed() throws IOException {
        for (String old : List.of("register", "changes")) {
            makeDisk();
            Map<String, byte[]> earlier = contents(old);
            try (GenerationRegister register = register(disk)) {
                register.load(Set.of());
                for (int i = 0; i < MANY; i++) {
                    register.put(instance(i), new Marks(1, 1));
                }
            }
            for (Map.Entry<String, byte[]> file : earlier.entrySet()) {
                disk.delete(DIRECTORY.resolve(file.getKey()));
                try (StateFile out = disk.open(DIRECTORY.resolve(file.getKey()))) {
                    out.writeFully(file.getValue(), 0);
                }
            }
            assertThatThrownBy(() -> registered(disk))
                    .as(old)
                    .isInstanceOf(RolledBackFileException.class)
                    .hasMessageContaining(old);
        }
    }

    @Test
    void withoutTheChangesTheMarksOfTheWholeAreKept() throws IOException {
        try (GenerationRegister register = register(disk)) {
            register.load(Set.of());
            for (int i = 0; i < 121; i++) {
                register.put(instance(i), new Marks(7, 8));
            }
        }
        disk.delete(DIRECTORY.resolve("changes.0"));
        disk.delete(DIRECTORY.resolve("changes.1"));
        try (GenerationRegister register = register(disk)) {
            assertThatThrownBy(() -> register.load(Set.of())).isInstanceOf(DamagedFileException.class);
            register.create(Set.of(instance(0), instance(500)));
        }
        assertThat(registered(disk)).isEqualTo(Map.of(instance(0), new Marks(7, 8), instance(500), Marks.UNKNOWN));
    }

    /** {@code done} is what was acknowledged, {@code next} the same after the change under way. */
    private static void changeMany(SimulatedDisk disk, Map<UUID, Marks> done, Map<UUID, Marks> next)
            throws IOException {
        try (GenerationRegister register = register(disk)) {
            register.load(Set.of());
            for (int i = 0; i < MANY; i++) {
                UUID instance = instance(i * 7 % 150);
                if (i % 5 == 4) {
                    next.remove(instance);
                    register.remove(instance);
                } else {
                    next.put(instance, new Marks(i + 1, i));
                    register.put(instance, new Marks(i + 1, i));
                }
                done.clear();
                done.putAll(next);
            }
        }
    }

    private static Map<UUID, Marks> registered(StateFiles files) throws IOException {
        try (RegisterFiles register = new RegisterFiles(files, DIRECTORY, List.of(HOST_KEY))) {
            register.load();
            Map<UUID, Marks> found = new HashMap<>();
            for (UUID instance : register.registered()) {
                found.put(instance, register.find(instance).orElseThrow());
            }
            return found;
        }
    }

    private Map<String, byte[]> contents(String name) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (String file : List.of(name + ".0", name + ".1")) {
            contents.put(file, disk.read(DIRECTORY.resolve(file), 1 << 20));
        }
        return contents;
    }

    private static CompletableFuture<Void> putting(GenerationRegister register, int number) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        register.put(instance(number), new Marks(1, 1));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                work -> Thread.ofVirtual().start(work));
    }

    private static GenerationRegister register(StateFiles files) {
        return new GenerationRegister(files, DIRECTORY, List.of(HOST_KEY));
    }

    private static UUID instance(int number) {
        return new UUID(0x6f1a3f0e0c534f4bL, number);
    }

    /** The files of {@code disk}; while {@code slow} is set, opening one of them waits. */
    private static StateFiles slow(SimulatedDisk disk, AtomicBoolean slow, CountDownLatch waits, CountDownLatch goOn) {
        return (StateFiles) Proxy.newProxyInstance(
                StateFiles.class.getClassLoader(), new Class<?>[] {StateFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open") && slow.get()) {
                        waits.countDown();
                        goOn.await();
                    }
                    return method.invoke(disk, arguments);
                });
    }
}
