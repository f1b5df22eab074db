package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.file.DiskFiles;
import dev.vtpmd.store.file.Fault;
import dev.vtpmd.store.file.PowerLoss;
import dev.vtpmd.store.file.SimulatedDisk;
import dev.vtpmd.store.file.SimulatedDisk.Unsynced;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cuts off every single operation on files in turn. Whatever happens, what is found afterwards is what was acknowledged last,
 * or what the interrupted step was about to store: never older, torn or empty.
 */
class CrashTest {
    // The fixed seed makes a failure repeatable.
    private static final long SEED = 20_260_101;
    private static final List<Unsynced> OUTCOMES =
            List.of(Unsynced.LOST, Unsynced.KEPT, Unsynced.MIXED, Unsynced.MIXED, Unsynced.MIXED, Unsynced.MIXED);

    @TempDir
    Path temporary;

    private Path directory;
    private HostKeySource oldKey;
    private HostKeySource newKey;

    @BeforeEach
    void makeKeys() throws IOException {
        // The simulated disk holds the files; the directory is there for the lock, which is a real one.
        directory = Files.createDirectory(temporary.resolve("state"));
        oldKey = keyFile("old.key", "11".repeat(32));
        newKey = keyFile("new.key", "22".repeat(32));
    }

    @Test
    void powerLossAtAnyOperationLosesNothing() throws IOException {
        long operations = countOperations();
        int crashPoints = 0;
        for (Fault fault : List.of(Fault.POWER_LOSS, Fault.POWER_LOSS_IN_THE_MIDDLE)) {
            for (long at = 0; at < operations; at++) {
                Random random = new Random(SEED + at);
                SimulatedDisk disk = new SimulatedDisk(directory);
                disk.failAt(at, at, fault, random);
                Workload workload = runUntilPowerLoss(disk);
                for (Unsynced outcome : OUTCOMES) {
                    String point = fault + " at operation " + at + ", unsynced " + outcome;
                    assertRecovered(point, workload, disk.afterPowerLoss(outcome, random));
                    crashPoints++;
                }
            }
        }
        assertThat(crashPoints).isGreaterThan(2000);
    }

    @Test
    void powerLossDuringRecoveryLosesNothing() throws IOException {
        long operations = countOperations();
        for (long at = 0; at < operations; at += 3) {
            Random random = new Random(SEED + at);
            SimulatedDisk disk = new SimulatedDisk(directory);
            disk.failAt(at, at, Fault.POWER_LOSS_IN_THE_MIDDLE, random);
            Workload workload = runUntilPowerLoss(disk);
            SimulatedDisk restarted = disk.afterPowerLoss(Unsynced.MIXED, random);
            long secondAt = random.nextInt(60);
            restarted.failAt(secondAt, secondAt, Fault.POWER_LOSS_IN_THE_MIDDLE, random);
            try {
                recover(workload, restarted);
            } catch (PowerLoss e) {
                assertThat(restarted.operations()).isEqualTo(secondAt + 1);
            }
            SimulatedDisk twiceRestarted = restarted.afterPowerLoss(Unsynced.MIXED, random);
            assertRecovered("operation " + at + ", then " + secondAt, workload, twiceRestarted);
        }
    }

    /** After the end of the process alone, what it wrote is in the page cache; what is read from there must last. */
    @Test
    void whatAKilledProcessLeftIsNotLostAfterItWasSeen() throws IOException {
        long operations = countOperations();
        for (long at = 0; at < operations; at++) {
            Random random = new Random(SEED + at);
            SimulatedDisk disk = new SimulatedDisk(directory);
            disk.failAt(at, at, Fault.POWER_LOSS_IN_THE_MIDDLE, random);
            Workload workload = runUntilPowerLoss(disk);
            disk.restartProcess();
            Map<UUID, Workload.Known> seen = recover(workload, disk);
            assertThat(seen).as("killed at operation %d", at).isIn(workload.acknowledged(), workload.inProgress());
            assertThat(recover(workload, disk.afterPowerLoss(Unsynced.LOST, random)))
                    .as("killed at operation %d, then power loss", at)
                    .isEqualTo(seen);
        }
    }

    @Test
    void aFailedOperationLeavesTheStateBeforeAndIsRepeatable() throws IOException {
        long operations = countOperations();
        for (Fault fault : List.of(Fault.NO_SPACE, Fault.DEVICE_ERROR, Fault.SHORT_WRITE)) {
            for (long at = 0; at < operations; at++) {
                Random random = new Random(SEED + at);
                SimulatedDisk disk = new SimulatedDisk(directory);
                disk.failAt(at, at + 1, fault, random);
                Workload workload = new Workload(disk, directory, oldKey, newKey);
                try {
                    workload.run(3);
                } finally {
                    workload.abandon();
                }
                String point = fault + " at operations " + at + " and " + (at + 1);
                assertRecovered(point, workload, disk.afterPowerLoss(Unsynced.LOST, random));
            }
        }
    }

    @Test
    void aFailedOperationAndThenPowerLossLeaveTheStateBeforeOrAfter() throws IOException {
        long operations = countOperations();
        for (Fault fault : List.of(Fault.NO_SPACE, Fault.DEVICE_ERROR)) {
            for (long at = 0; at < operations; at++) {
                Random random = new Random(SEED + at);
                SimulatedDisk disk = new SimulatedDisk(directory);
                disk.failAt(at, at, fault, random);
                Workload workload = new Workload(disk, directory, oldKey, newKey);
                try {
                    workload.run(1);
                } catch (IOException e) {
                    assertThat(e.getMessage()).as("one line").isNotBlank().doesNotContain("\n");
                } finally {
                    workload.abandon();
                }
                for (Unsynced outcome : Unsynced.values()) {
                    String point = fault + " at operation " + at + ", unsynced " + outcome;
                    assertRecovered(point, workload, disk.afterPowerLoss(outcome, random));
                }
            }
        }
    }

    @Test
    void whatTheSimulationLeavesOpensOnARealDiskToo() throws IOException {
        long operations = countOperations();
        for (long at = 20; at < operations; at += 37) {
            Random random = new Random(SEED + at);
            SimulatedDisk disk = new SimulatedDisk(directory);
            disk.failAt(at, at, Fault.POWER_LOSS_IN_THE_MIDDLE, random);
            Workload workload = runUntilPowerLoss(disk);
            Path copy = temporary.resolve("copy" + at);
            disk.afterPowerLoss(Unsynced.MIXED, random).copyTo(copy);
            assertThat(recover(workload, copy, new DiskFiles()))
                    .as("operation %d", at)
                    .isIn(workload.acknowledged(), workload.inProgress());
        }
    }

    @Test
    void aCommitIsOneWriteAndOneSync() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(directory);
        try (DiskStateStore store = DiskStateStore.open(directory, oldKey, disk);
                var instance =
                        store.create(new InstanceInfo(Workload.VM1, "vm1", Instant.EPOCH, Map.of()), new byte[900])) {
            // The first commit finds out which generation is in force.
            instance.commit(StateKind.PERMANENT, new byte[900]);
            long operations = disk.operations();
            long syncs = disk.syncs();
            long bytes = disk.bytesWritten();

            instance.commit(StateKind.PERMANENT, new byte[900]);

            // The third is that the file is opened.
            assertThat(disk.operations() - operations).isEqualTo(3);
            assertThat(disk.syncs() - syncs).isEqualTo(1);
            // Header, content, tag.
            assertThat(disk.bytesWritten() - bytes).isEqualTo(68 + 900 + 16);
        }
    }

    private long countOperations() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(directory);
        Workload workload = new Workload(disk, directory, oldKey, newKey);
        workload.run(1);
        // Without what closing writes then: the two restarts in the middle have that.
        long operations = disk.operations();
        workload.abandon();
        return operations;
    }

    private Workload runUntilPowerLoss(SimulatedDisk disk) throws IOException {
        Workload workload = new Workload(disk, directory, oldKey, newKey);
        try {
            workload.run(1);
        } catch (PowerLoss e) {
            return workload;
        } finally {
            workload.abandon();
        }
        throw new AssertionError("the power did not go");
    }

    private void assertRecovered(String point, Workload workload, SimulatedDisk disk) throws IOException {
        Map<UUID, Workload.Known> found;
        try {
            found = recover(workload, disk);
        } catch (IOException e) {
            throw new AssertionError(point, e);
        }
        assertThat(found).as(point).isIn(workload.acknowledged(), workload.inProgress());
    }

    private Map<UUID, Workload.Known> recover(Workload workload, SimulatedDisk disk) throws IOException {
        return recover(workload, directory, disk);
    }

    /** Opens with the old host key, or, where that one has been given up, with the new one. */
    private Map<UUID, Workload.Known> recover(Workload workload, Path where, StateFiles files) throws IOException {
        try (DiskStateStore store = DiskStateStore.open(where, workload.isHostKeyChanged() ? newKey : oldKey, files)) {
            return Workload.contents(store);
        } catch (WrongKeyException e) {
            try (DiskStateStore store = DiskStateStore.open(where, newKey, files)) {
                return Workload.contents(store);
            }
        }
    }

    private HostKeySource keyFile(String name, String hexadecimal) throws IOException {
        Path file = Files.writeString(temporary.resolve(name), hexadecimal);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new HostKeySource.GivenKey(new SecretSource.SecretFile(file));
    }
}
