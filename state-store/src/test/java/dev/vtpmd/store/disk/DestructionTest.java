package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.file.Fault;
import dev.vtpmd.store.file.PowerLoss;
import dev.vtpmd.store.file.SimulatedDisk;
import dev.vtpmd.store.file.SimulatedDisk.Unsynced;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** A TPM that is destroyed loses its data key before anything else: what is left of its files then is noise. */
class DestructionTest {
    private static final UUID GUEST = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f01");
    private static final int KEY_FILE = 4096;
    private static final List<String> KEYS = List.of("key.0", "key.1");

    @TempDir
    Path temporary;

    private Path directory;
    private HostKeySource hostKey;

    @BeforeEach
    void makeKey() throws IOException {
        directory = Files.createDirectory(temporary.resolve("state"));
        hostKey = new HostKeySource.GivenKey(new SecretSource.GivenSecret("host key", new byte[32]));
    }

    @Test
    void noFileIsGoneWhileTheDataKeyIsThere() throws IOException {
        int cuts = 0;
        for (int at = 0; destroyedUntil(at); at++) {
            cuts++;
        }
        // Rename, two keys, eight files, the folder, each of them to be synced in time.
        assertThat(cuts).isGreaterThan(12);
    }

    /** Cuts the power at operation {@code at} of the destruction; {@code false} if it has no more so many. */
    private boolean destroyedUntil(int at) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(directory);
        Random random = new Random(at);
        boolean cut = false;
        try (DiskStateStore store = DiskStateStore.open(directory, hostKey, disk)) {
            store.create(new InstanceInfo(GUEST, "guest", Instant.EPOCH, Map.of()), new byte[900])
                    .close();
            long now = disk.operations();
            disk.failAt(now + at, now + at, Fault.POWER_LOSS, random);
            store.destroy(GUEST);
        } catch (PowerLoss e) {
            cut = true;
        }
        for (Unsynced outcome : List.of(Unsynced.LOST, Unsynced.KEPT, Unsynced.MIXED, Unsynced.MIXED)) {
            assertKeyWentFirst("operation " + at + ", unsynced " + outcome, disk.afterPowerLoss(outcome, random));
        }
        return cut;
    }

    private void assertKeyWentFirst(String point, SimulatedDisk disk) throws IOException {
        for (Path folder : disk.list(directory.resolve("instances"))) {
            List<String> left = disk.list(folder).stream()
                    .map(file -> file.getFileName().toString())
                    .toList();
            boolean complete = left.size() == 8;
            for (String key : KEYS) {
                if (!complete && left.contains(key)) {
                    assertThat(disk.read(folder.resolve(key), KEY_FILE))
                            .as(point)
                            .containsOnly(0);
                }
            }
        }
    }
}
