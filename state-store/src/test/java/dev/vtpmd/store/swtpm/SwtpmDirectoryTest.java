package dev.vtpmd.store.swtpm;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.DirectoryInUseException;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.file.Fault;
import dev.vtpmd.store.file.PowerLoss;
import dev.vtpmd.store.file.SimulatedDisk;
import dev.vtpmd.store.file.SimulatedDisk.Unsynced;
import dev.vtpmd.store.swtpm.SwtpmDirectory.StoredState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SwtpmDirectoryTest {
    private static final byte[] FIRST = "first".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "second".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void keepsStatesUnderTheNamesOfSwtpm() throws IOException {
        try (SwtpmDirectory store = plain()) {
            assertThat(store.load(StateKind.PERMANENT)).isEmpty();
            store.commit(StateKind.PERMANENT, FIRST);
            store.commit(StateKind.PERMANENT, SECOND);
            store.commit(StateKind.VOLATILE, FIRST);
        }
        try (SwtpmDirectory store = plain()) {
            assertThat(store.load(StateKind.PERMANENT)).contains(SECOND);
            assertThat(store.load(StateKind.VOLATILE)).contains(FIRST);
            // Header of 10 bytes, tag and length of 6, the state; behind it a digest of 6 + 32 bytes.
            assertThat(store.storedStates())
                    .containsExactly(new StoredState("permall", 60), new StoredState("volatilestate", 59));
            store.delete(StateKind.VOLATILE);
            assertThat(store.load(StateKind.VOLATILE)).isEmpty();
        }
        assertThat(directory).isDirectoryNotContaining("glob:**TMP2*").isDirectoryContaining("glob:**/tpm2-00.permall");
    }

    @Test
    void opensWhatSwtpmWroteWithAPassphrase() throws IOException {
        Files.write(directory.resolve("tpm2-00.permall"), SwtpmBlobTest.sample("0.11-encrypted/tpm2-00.permall"));

        try (SwtpmDirectory store = encrypted("secret pass\n")) {
            assertThat(store.load(StateKind.PERMANENT).orElseThrow()).startsWith(0x00, 0x04, 0xAB, 0x36, 0x47, 0x23);
        }
        try (SwtpmDirectory store = encrypted("secret pass")) {
            assertThatThrownBy(() -> store.load(StateKind.PERMANENT))
                    .isInstanceOf(WrongKeyException.class)
                    .hasMessage(directory.resolve("tpm2-00.permall")
                            + ": it is damaged, or encrypted with another key than the one given");
        }
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Files.createFile(directory.resolve("tpm2-00.permall"));

        assertThatThrownBy(() -> plain().load(StateKind.PERMANENT))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(directory.resolve("tpm2-00.permall") + ": it is too short for a header");
    }

    @Test
    void givesFilesExactlyTheModeAskedFor() throws IOException {
        try (SwtpmDirectory store = new SwtpmDirectory(
                directory, Optional.empty(), Optional.of(PosixFilePermissions.fromString("rw-rw-rw-")))) {
            store.commit(StateKind.PERMANENT, FIRST);
        }
        assertThat(mode("tpm2-00.permall")).isEqualTo("rw-rw-rw-");

        try (SwtpmDirectory store = new SwtpmDirectory(
                directory, Optional.empty(), Optional.of(PosixFilePermissions.fromString("rw-------")))) {
            store.load(StateKind.PERMANENT);
        }
        assertThat(mode("tpm2-00.permall")).isEqualTo("rw-------");
    }

    @Test
    void isHeldByOneOwnerAtATime() throws IOException {
        try (SwtpmDirectory first = plain();
                SwtpmDirectory second = plain()) {
            first.lock();
            first.lock();
            assertThatThrownBy(second::lock).isInstanceOf(DirectoryInUseException.class);
            first.unlock();
            second.lock();
        }
        assertThat(directory.resolve(".lock")).exists();
    }

    @Test
    void powerLossAtAnyOperationLeavesTheStateBeforeOrAfter() throws IOException {
        SimulatedDisk complete = new SimulatedDisk(directory);
        commitTwice(complete);
        for (long at = 0; at < complete.operations(); at++) {
            for (Unsynced outcome : Unsynced.values()) {
                Random random = new Random(at);
                SimulatedDisk disk = new SimulatedDisk(directory);
                disk.failAt(at, at, Fault.POWER_LOSS_IN_THE_MIDDLE, random);
                int acknowledged = commitTwice(disk);
                Optional<byte[]> found =
                        on(disk.afterPowerLoss(outcome, random)).load(StateKind.PERMANENT);
                String text = found.map(state -> new String(state, StandardCharsets.US_ASCII))
                        .orElse("none");
                assertThat(text)
                        .as("operation %d, %d acknowledged, unsynced %s", at, acknowledged, outcome)
                        .isIn(acknowledged == 0 ? "none" : "first", acknowledged == 0 ? "first" : "second");
            }
        }
    }

    private int commitTwice(SimulatedDisk disk) throws IOException {
        int acknowledged = 0;
        try {
            on(disk).commit(StateKind.PERMANENT, FIRST);
            acknowledged++;
            on(disk).commit(StateKind.PERMANENT, SECOND);
            acknowledged++;
        } catch (PowerLoss e) {
            assertThat(acknowledged).isLessThan(2);
        }
        return acknowledged;
    }

    private SwtpmDirectory on(SimulatedDisk disk) {
        return new SwtpmDirectory(directory, Optional.empty(), Optional.empty(), disk);
    }

    private SwtpmDirectory plain() {
        return new SwtpmDirectory(directory, Optional.empty(), Optional.empty());
    }

    private SwtpmDirectory encrypted(String passphrase) {
        SwtpmKey key =
                SwtpmKey.ofPassphrase(passphrase.getBytes(StandardCharsets.US_ASCII), SwtpmKey.Derivation.PBKDF2, 32);
        return new SwtpmDirectory(directory, Optional.of(key), Optional.empty());
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }
}
