package dev.vtpmd.store.record;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.ForeignFileException;
import dev.vtpmd.store.LogCapture;
import dev.vtpmd.store.RolledBackFileException;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.UnknownFormatException;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.file.DiskFiles;
import dev.vtpmd.store.file.Fault;
import dev.vtpmd.store.file.SimulatedDisk;
import dev.vtpmd.store.file.SimulatedDisk.Unsynced;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SlotPairTest {
    private static final UUID INSTANCE = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f01");
    private static final UUID OTHER_INSTANCE = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f02");
    private static final byte[] OLDER = "older".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEWER = "newer".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final StateFiles files = new DiskFiles();
    private final SealingKey key = key(1);

    @Test
    void loadsTheNewestGeneration() throws IOException {
        store(pair());

        assertThat(pair().load()).contains(NEWER);
    }

    /** Generations 3 (older) and 4 (newer) are there: 4 in slot 0. */
    @Test
    void noticesEveryChangedByte() throws IOException {
        store(pair());
        byte[] intact = Files.readAllBytes(slot(0));
        assertThat(decode(intact).content()).contains(NEWER);
        for (int i = 0; i < intact.length; i++) {
            byte[] changed = intact.clone();
            changed[i] ^= 0x01;
            assertThatThrownBy(() -> decode(changed)).as("byte %d changed", i).isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    void fallsBackWhenTheNewestIsDamaged() throws IOException {
        store(pair());
        for (int at : new int[] {0, 30, 70, 4000}) {
            flip(slot(0), at);
            assertThat(pair().load()).as("byte %d changed", at).contains(OLDER);
            flip(slot(0), at);
        }
        assertThat(pair().load()).contains(NEWER);
    }

    @Test
    void noticesEveryTruncationAndFallsBack() throws IOException {
        store(pair());
        byte[] intact = Files.readAllBytes(slot(0));
        for (int length = 0; length < intact.length; length += length < 100 ? 7 : 397) {
            Files.write(slot(0), Arrays.copyOf(intact, length));
            assertThat(pair().load()).as("cut to %d bytes", length).contains(OLDER);
        }
        Files.write(slot(0), Arrays.copyOf(intact, intact.length + 1));
        assertThat(pair().load()).as("a byte added").contains(OLDER);
    }

    @Test
    void warnsWhenItFallsBack() throws IOException {
        store(pair());
        flip(slot(0), 70);
        try (LogCapture log = new LogCapture(SlotPair.class)) {
            pair().load();

            assertThat(log.messages())
                    .containsExactly(
                            "WARN " + slot(0)
                                    + ": is damaged: its content is not what was stored; going on with volatile.1, generation 3");
        }
    }

    @Test
    void refusesWhenBothSlotsAreDamagedAndLeavesThem() throws IOException {
        store(pair());
        flip(slot(0), 70);
        Files.write(slot(1), new byte[0]);
        byte[] before = Files.readAllBytes(slot(0));

        assertThatThrownBy(() -> pair().load())
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(
                        slot(0) + ": is damaged: its content is not what was stored; volatile.1 is damaged: 0 bytes "
                                + "are too short for a header");
        assertThatThrownBy(() -> pair().commit(NEWER)).isInstanceOf(DamagedFileException.class);
        assertThat(slot(0)).hasBinaryContent(before);
        assertThat(slot(1)).isEmptyFile();
    }

    @Test
    void repairsAMissingSlotWithTheNextCommit() throws IOException {
        store(pair());
        Files.delete(slot(0));

        try (SlotPair pair = pair()) {
            pair.commit("newest".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(slot(0)).exists();
        assertThat(pair().load()).contains("newest".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesAFileOfAnotherInstance() throws IOException {
        store(pair());
        Path otherFolder = Files.createDirectory(folder.resolve("other"));
        store(new SlotPair(files, otherFolder, RecordKind.VOLATILE, OTHER_INSTANCE, List.of(key)));
        Files.copy(otherFolder.resolve("volatile.0"), replaced(slot(0)));

        assertRefused(
                ForeignFileException.class,
                slot(0) + ": belongs to instance " + OTHER_INSTANCE + ", not to " + INSTANCE);
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        store(pair());
        store(new SlotPair(files, folder, RecordKind.PERMANENT, INSTANCE, List.of(key)));
        Files.copy(folder.resolve("permanent.0"), replaced(slot(0)));

        assertRefused(
                ForeignFileException.class, slot(0) + ": holds a permanent state, where a volatile state belongs");
    }

    @Test
    void refusesAFileOfAnotherKey() throws IOException {
        store(new SlotPair(files, folder, RecordKind.VOLATILE, INSTANCE, List.of(key(2))));

        assertThatThrownBy(() -> pair().load())
                .isInstanceOf(WrongKeyException.class)
                .hasMessageMatching(folder + "/volatile.0: is sealed with another data key \\([0-9a-f]{16}\\) than the "
                        + "one in use \\([0-9a-f]{16}\\)");
    }

    @Test
    void refusesTheOtherSlotsFile() throws IOException {
        store(pair());
        Files.copy(slot(1), replaced(slot(0)));

        assertRefused(ForeignFileException.class, slot(0) + ": is a copy of volatile.1, which does not belong here");
    }

    @Test
    void refusesAnOlderFileThatWasPutBack() throws IOException {
        store(pair());
        byte[] third = Files.readAllBytes(slot(1));
        try (SlotPair pair = pair()) {
            for (int i = 0; i < 4; i++) {
                pair.commit(NEWER);
            }
        }
        Files.write(slot(1), third);

        assertRefused(
                RolledBackFileException.class,
                slot(1) + ": is an older file that was put back: generation 3, beside generation 8");
    }

    @Test
    void refusesALaterFormat() throws IOException {
        store(pair());
        byte[] file = Files.readAllBytes(slot(0));
        file[9] = 2;
        CRC32C checksum = new CRC32C();
        checksum.update(file, 0, 64);
        for (int i = 0; i < 4; i++) {
            file[64 + i] = (byte) (checksum.getValue() >> (24 - 8 * i));
        }
        Files.write(slot(0), file);

        assertRefused(
                UnknownFormatException.class, slot(0) + ": has format version 2, and this release knows version 1");
    }

    /** A write whose sync fails may have reached the disk nevertheless. */
    @Test
    void aFailedCommitDoesNotComeIntoForceWithALaterStart() throws IOException {
        for (Fault fault : List.of(Fault.DEVICE_ERROR, Fault.NO_SPACE)) {
            for (int operation = 0; operation < 2; operation++) {
                SimulatedDisk disk = new SimulatedDisk(folder);
                SlotPair pair = new SlotPair(disk, folder, RecordKind.VOLATILE, INSTANCE, List.of(key));
                store(pair);
                pair.commit(OLDER);
                disk.syncDirectory(folder);
                long next = disk.operations() + operation;
                disk.failAt(next, next, fault, new Random(3));
                byte[] attempted = "attempted".getBytes(StandardCharsets.US_ASCII);
                try {
                    pair.commit(attempted);
                } catch (IOException e) {
                    assertThat(pair.load()).contains(OLDER);
                    for (Unsynced outcome : Unsynced.values()) {
                        SimulatedDisk after = disk.afterPowerLoss(outcome, new Random(4));
                        assertThat(new SlotPair(after, folder, RecordKind.VOLATILE, INSTANCE, List.of(key)).load())
                                .contains(OLDER);
                    }
                    assertThat(e).hasMessageStartingWith(folder + "/volatile.0: cannot be written: ");
                }
                pair.commit(NEWER);
                assertThat(pair.load()).contains(NEWER);
            }
        }
    }

    private void assertRefused(Class<? extends StateStoreException> type, String message) {
        assertThatThrownBy(() -> pair().load()).isInstanceOf(type).hasMessage(message);
    }

    private SlotPair pair() {
        return new SlotPair(files, folder, RecordKind.VOLATILE, INSTANCE, List.of(key));
    }

    private static void store(SlotPair pair) throws IOException {
        try (pair) {
            pair.create(Optional.of(OLDER));
            pair.commit(OLDER);
            pair.commit(NEWER);
        }
    }

    private Path slot(int slot) {
        return folder.resolve("volatile." + slot);
    }

    private SealedRecord decode(byte[] file) throws IOException {
        return SealedRecord.decode(slot(0), file, RecordKind.VOLATILE, INSTANCE, 0, List.of(key));
    }

    private static Path replaced(Path file) throws IOException {
        Files.delete(file);
        return file;
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x01;
        Files.write(file, bytes);
    }

    private static SealingKey key(int fill) {
        byte[] bytes = new byte[SealingKey.SIZE];
        Arrays.fill(bytes, (byte) fill);
        return new SealingKey(bytes);
    }
}
