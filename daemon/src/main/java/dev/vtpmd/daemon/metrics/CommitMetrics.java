package dev.vtpmd.daemon.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Commits of permanent states: how many succeed and fail, how long they take, and how large the states are. */
final class CommitMetrics {
    private static final Duration[] TIME_BOUNDS = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };
    private static final double[] SIZE_BOUNDS = {1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16, 1 << 17
    };

    private final Timer stored;
    private final Timer failed;
    private final DistributionSummary size;

    CommitMetrics(MeterRegistry registry) {
        this.stored = timer(registry, "stored");
        this.failed = timer(registry, "failed");
        this.size = DistributionSummary.builder("vtpmd.commit.size")
                .description("Size of the permanent states that were stored, before they were sealed")
                .baseUnit("bytes")
                .serviceLevelObjectives(SIZE_BOUNDS)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String result) {
        return Timer.builder("vtpmd.commit.duration")
                .description("Time that it takes to have a permanent state on stable storage")
                .tag("result", result)
                .serviceLevelObjectives(TIME_BOUNDS)
                .register(registry);
    }

    /** Notes a commit. From any thread. */
    void record(int bytes, long nanoseconds, boolean success) {
        if (success) {
            stored.record(nanoseconds, TimeUnit.NANOSECONDS);
            size.record(bytes);
        } else {
            failed.record(nanoseconds, TimeUnit.NANOSECONDS);
        }
    }
}
