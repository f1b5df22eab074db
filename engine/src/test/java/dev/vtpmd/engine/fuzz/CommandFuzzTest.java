package dev.vtpmd.engine.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Whatever a TPM is sent: a well-formed response, no fault, and an end in reasonable time. {@code mvn verify} runs the
 * recorded boot through it, pieces of it, and what fuzzing has found; {@code scripts/fuzz} looks for more.
 */
@Timeout(120)
class CommandFuzzTest {
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "24h")
    void answersWhateverComes(byte[] events) {
        new EventStream(events).play(new CheckedTpm());
    }

    static Stream<byte[]> seeds() {
        return EventSeeds.all();
    }
}
