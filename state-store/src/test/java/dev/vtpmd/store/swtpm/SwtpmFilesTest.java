package dev.vtpmd.store.swtpm;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.UnknownFormatException;
import dev.vtpmd.store.WrongKeyException;
import dev.vtpmd.store.swtpm.SwtpmKey.Derivation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files written by real swtpm, and a linear file as its format is described. */
class SwtpmFilesTest {
    private static final byte[] PERMANENT_ALL = {0x00, 0x03, (byte) 0xAB, 0x36, 0x47, 0x23};

    @TempDir
    Path directory;

    @Test
    void readsADirectoryAndLeavesItAsItIs() throws IOException {
        put("tpm2-00.permall", "0.7-running");
        put("tpm2-00.volatilestate", "0.7-running");
        SwtpmFiles.States states = SwtpmFiles.read(directory).open(List.of());

        assertThat(states.permanentState()).startsWith(PERMANENT_ALL);
        assertThat(states.volatileState().orElseThrow()).startsWith(0x00, 0x04, 0x45, 0x63, 0x78, 0x89);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("tpm2-00.permall", "tpm2-00.volatilestate");
    }

    @Test
    void takesTheKeyOfTheRightSize() throws IOException {
        put("tpm2-00.permall", "0.11-encrypted");
        try (SwtpmKey small = key("secret pass\n", 16);
                SwtpmKey large = key("secret pass\n", 32);
                SwtpmKey wrong = key("other", 32)) {
            SwtpmFiles files = SwtpmFiles.read(directory);
            assertThat(files.open(List.of(small, large)).permanentState()).startsWith(0x00, 0x04, 0xAB);
            assertThat(files.open(List.of(large, small)).permanentState()).startsWith(0x00, 0x04, 0xAB);
            assertThatThrownBy(() -> files.open(List.of(small, wrong)))
                    .isInstanceOf(WrongKeyException.class)
                    .hasMessageContaining("another key");
            assertThatThrownBy(() -> files.open(List.of(small))).hasMessageContaining("256 bits");
            assertThatThrownBy(() -> files.open(List.of())).hasMessageContaining("no key was given");
        }
    }

    @Test
    void readsALinearFile() throws IOException {
        byte[] blob = SwtpmBlobTest.sample("0.7-running/tpm2-00.permall");
        Path file = Files.write(directory.resolve("state"), linear(1, blob));

        SwtpmFiles.States states = SwtpmFiles.read(file).open(List.of());

        assertThat(states.permanentState()).startsWith(PERMANENT_ALL);
        assertThat(states.volatileState()).isEmpty();
    }

    @Test
    void refusesWhatIsNoStateOfSwtpms() throws IOException {
        assertThatThrownBy(() -> SwtpmFiles.read(directory))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("no tpm2-00.permall");
        Path file = Files.write(directory.resolve("file"), new byte[300]);
        assertThatThrownBy(() -> SwtpmFiles.read(file)).isInstanceOf(DamagedFileException.class);
        Files.write(file, linear(2, new byte[20]));
        assertThatThrownBy(() -> SwtpmFiles.read(file)).isInstanceOf(UnknownFormatException.class);
        byte[] outside = linear(1, new byte[20]);
        ByteBuffer.wrap(outside).order(ByteOrder.LITTLE_ENDIAN).putInt(16, 1_000_000);
        Files.write(file, outside);
        assertThatThrownBy(() -> SwtpmFiles.read(file))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("outside");
    }

    private void put(String name, String sample) throws IOException {
        Files.write(directory.resolve(name), SwtpmBlobTest.sample(sample + "/" + name));
    }

    private static SwtpmKey key(String passphrase, int size) {
        return SwtpmKey.ofPassphrase(passphrase.getBytes(StandardCharsets.US_ASCII), Derivation.PBKDF2, size);
    }

    /** A header of 192 bytes, little-endian: magic, version, a byte between, header size, slots; the blob behind it. */
    private static byte[] linear(int version, byte[] blob) {
        ByteBuffer out = ByteBuffer.allocate(192 + blob.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("nilmptws".getBytes(StandardCharsets.US_ASCII));
        out.put((byte) version).put((byte) 0).putShort((short) 192);
        out.putInt(192).putInt(blob.length).putInt(Integer.highestOneBit(blob.length) << 1);
        out.position(192);
        return out.put(blob).array();
    }
}
