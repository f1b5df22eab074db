package dev.vtpmd.engine.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Whatever a TPM is sent: a well-formed response, no fault, and an end in reasonable time. {@code mvn verify} runs the
 * recorded boot through it, pieces of it, and what fuzzing has found; {@code scripts/fuzz} looks for more.
 */
class CommandFuzzTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "24h")
    void answersWhateverComes(byte[] events) {
        assertTimeoutPreemptively(LONGEST, () -> new EventStream(events).play(new CheckedTpm()));
    }

    static Stream<byte[]> seeds() {
        return EventSeeds.all();
    }
}
