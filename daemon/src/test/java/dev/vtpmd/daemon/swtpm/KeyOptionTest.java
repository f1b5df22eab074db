package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.store.swtpm.SwtpmBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class KeyOptionTest {
    private static final String HEXADECIMAL = "00112233445566778899aabbccddeeff";
    private static final byte[] STATE = {1, 2, 3};

    @TempDir
    private Path directory;

    @Test
    void theSameKeyIsReadFromBothFormats() throws IOException, UsageException {
        Path text = Files.writeString(directory.resolve("text"), "0x" + HEXADECIMAL + "\n");
        Path binary = Files.write(directory.resolve("binary"), HexFormat.of().parseHex(HEXADECIMAL));

        byte[] sealed = SwtpmBlob.seal(
                STATE, Optional.of(KeyOption.parse("key", "file=" + text).read()));

        assertThat(SwtpmBlob.open(
                        sealed,
                        Optional.of(KeyOption.parse("key", "format=binary,file=" + binary)
                                .read())))
                .isEqualTo(STATE);
    }

    @Test
    void theFileIsRemovedIfAskedFor() throws IOException, UsageException {
        Path file = Files.writeString(directory.resolve("key"), HEXADECIMAL);

        assertThat(KeyOption.parse("key", "remove,file=" + file).read().size()).isEqualTo(16);

        assertThat(file).doesNotExist();
    }

    @Test
    void aKeyOfAnotherLengthIsRefusedAndNotShown() throws IOException, UsageException {
        Path file = Files.writeString(directory.resolve("key"), HEXADECIMAL);
        KeyOption option = KeyOption.parse("key", "mode=aes-256-cbc,file=" + file);

        assertThatThrownBy(option::read)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("64 hexadecimal digits")
                .hasMessageNotContaining(HEXADECIMAL);
    }

    @Test
    void aMissingFileIsNamed() throws UsageException {
        KeyOption option = KeyOption.parse("key", "file=" + directory.resolve("none"));

        assertThatThrownBy(option::read).hasMessageContaining("none: there is no such file or directory");
    }
}
