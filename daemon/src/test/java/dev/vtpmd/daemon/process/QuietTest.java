package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class QuietTest {
    private final Quiet quiet = new Quiet(Duration.ofSeconds(5));

    @Test
    void itIsAfterTheStartWhenNothingMoreIsDone() {
        assertThat(quiet.since(Duration.ofSeconds(4))).isFalse();
        assertThat(quiet.since(Duration.ofMillis(4050))).isTrue();
    }

    @Test
    void itIsNotWhileTwoHundredthsOfAProcessorAreUsed() {
        for (int period = 1; period < 100; period++) {
            assertThat(quiet.since(Duration.ofMillis(100L * period))).isFalse();
        }
        assertThat(quiet.since(Duration.ofMillis(9900 + 99))).isTrue();
    }

    @Test
    void ownWorkDoesNotCount() {
        assertThat(quiet.since(Duration.ofMillis(10))).isTrue();
        quiet.begin(Duration.ofMillis(500));
        assertThat(quiet.since(Duration.ofMillis(510))).isTrue();
    }
}
