package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PidFileTest {
    @TempDir
    private Path directory;

    @Test
    void itHasThePidAndNothingElseWhileItIsOpen() throws IOException {
        Path file = Files.writeString(directory.resolve("pid"), "a longer text of an older process");

        try (PidFile pidFile = new PidFile(file)) {
            assertThat(pidFile).isNotNull();
            assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
        }

        assertThat(file).doesNotExist();
    }

    @Test
    void itFollowsNoLink() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "other");
        Path link = Files.createSymbolicLink(directory.resolve("pid"), target);

        assertThatThrownBy(() -> new PidFile(link)).isInstanceOf(IOException.class);

        assertThat(target).hasContent("other");
    }
}
