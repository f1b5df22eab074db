package dev.vtpmd.daemon.process;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class IdleRuleTest {
    private static final long MEBIBYTE = 1 << 20;

    private final IdleRule rule = new IdleRule(Duration.ofSeconds(5));

    @Test
    void givesBackAfterTheStartWhenItIsQuiet() {
        assertThat(rule.worthwhile(Duration.ofSeconds(4), 90 * MEBIBYTE)).isFalse();
        assertThat(rule.worthwhile(Duration.ofMillis(4050), 90 * MEBIBYTE)).isTrue();
    }

    @Test
    void disturbsNobodyWhoWorks() {
        for (int second = 1; second < 100; second++) {
            assertThat(rule.worthwhile(Duration.ofMillis(200L * second), 500 * MEBIBYTE))
                    .isFalse();
        }
    }

    @Test
    void doesItOnceForEachBurst() {
        assertThat(rule.worthwhile(Duration.ofMillis(10), 90 * MEBIBYTE)).isTrue();
        rule.released(Duration.ofMillis(80), 60 * MEBIBYTE);
        assertThat(rule.worthwhile(Duration.ofMillis(90), 62 * MEBIBYTE)).isFalse();
        assertThat(rule.worthwhile(Duration.ofMillis(100), 70 * MEBIBYTE)).isFalse();
        assertThat(rule.worthwhile(Duration.ofSeconds(3), 100 * MEBIBYTE)).isFalse();
        assertThat(rule.worthwhile(Duration.ofMillis(3010), 100 * MEBIBYTE)).isTrue();
        rule.released(Duration.ofMillis(3100), 99 * MEBIBYTE);
        assertThat(rule.worthwhile(Duration.ofMillis(3110), 99 * MEBIBYTE)).isFalse();
    }

    @Test
    void noticesWhatWasTakenAfterSomethingHadGone() {
        rule.released(Duration.ZERO, 100 * MEBIBYTE);
        assertThat(rule.worthwhile(Duration.ofMillis(10), 60 * MEBIBYTE)).isFalse();
        assertThat(rule.worthwhile(Duration.ofMillis(20), 80 * MEBIBYTE)).isTrue();
    }
}
