package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class HostMemoryTest {
    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 1000;

    /** Freed memory stays with the C library as long as what was asked for after it is in use. */
    @Test
    void givesBackWhatTheLibraryKeeps() throws IOException {
        try (Arena kept = Arena.ofConfined()) {
            try (Arena freed = Arena.ofConfined()) {
                for (int i = 0; i < PIECES; i++) {
                    freed.allocate(PIECE).fill((byte) 1);
                    kept.allocate(16);
                }
            }
            long before = OwnUse.anonymousBytes();
            new HostMemory().trim();
            assertThat(before - OwnUse.anonymousBytes()).isGreaterThan(PIECES * PIECE / 2);
        }
    }

    /** Of Java itself a good part is needed at its start alone. */
    @Test
    void letsGoOfWhatNobodyRuns() throws IOException {
        HostMemory memory = new HostMemory();
        List<Mapping> programs = Mapping.ofPrograms(Files.readAllLines(Path.of("/proc/self/smaps")));
        long before = OwnUse.bytes() - OwnUse.anonymousBytes();
        memory.leave(programs);
        assertThat(before - (OwnUse.bytes() - OwnUse.anonymousBytes())).isGreaterThan(1 << 20);
    }
}
