package dev.vtpmd.daemon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoggingTest {
    @TempDir
    private Path directory;

    @AfterEach
    void asTheOtherTestsLog() {
        Logging.configure(Path.of("src/test/resources/logback-test.xml"));
    }

    @Test
    void withoutAFileItIsInformed() throws IOException {
        Logging.configure(directory.resolve("none.xml"));
        assertThat(level()).isEqualTo(Level.INFO);
        Logging.off();
        Logging.configureAgain(directory.resolve("none.xml"));
        assertThat(level()).isEqualTo(Level.INFO);
    }

    @Test
    void theFileCounts() throws IOException {
        Path file = directory.resolve("logback.xml");
        Files.writeString(file, "<configuration><root level='ERROR'/></configuration>");
        Logging.configureAgain(file);
        assertThat(level()).isEqualTo(Level.ERROR);
    }

    @Test
    void aWrongFileLeavesThingsAsTheyAre() throws IOException {
        Path file = directory.resolve("logback.xml");
        Files.writeString(file, "<configuration><nonsense");
        Level before = level();
        assertThatThrownBy(() -> Logging.configureAgain(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        assertThat(level()).isEqualTo(before);
    }

    private static Level level() {
        return ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).getLevel();
    }
}
