package dev.vtpmd.daemon.metrics;

import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Commands by code and result, and how long they take by code. A guest chooses both, so whatever is not in the specification is one
 * code and one result, and results are without the numbers of parameters, handles and sessions.
 *
 * <p>Counted by hand, since a meter of the library's touches a dozen objects and reads a clock for each command: {@link #record} adds
 * to three numbers, of a success next to each other, and neither allocates nor locks once a command was there with a result.
 */
final class CommandMetrics implements MultiCollector {
    /** Nanoseconds, from what a light command takes to what making an RSA key may. */
    private static final long[] BOUNDS = {
        1_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        5_000_000_000L
    };

    private static final double NANOSECONDS_PER_SECOND = 1e9;

    private static final String OTHER = "OTHER";
    private static final int FIRST_CODE = 0x11F;
    private static final int CODES = 0x100;
    /** Above all result codes of the specification. */
    private static final int RESULTS = 0x1000;

    private final AtomicReferenceArray<Command> commands = new AtomicReferenceArray<>(CODES + 1);

    /** Notes a command: its code, 0 if it had none, the response code, and nanoseconds. From any thread. */
    void record(int code, int responseCode, long nanoseconds) {
        int offset = code - FIRST_CODE;
        int index = offset >= 0 && offset < CODES ? offset : CODES;
        Command command = commands.get(index);
        if (command == null) {
            commands.compareAndSet(index, null, new Command(code));
            command = commands.get(index);
        }
        command.record(responseCode, nanoseconds);
    }

    @Override
    public MetricSnapshots collect() {
        var durations = HistogramSnapshot.builder()
                .name("vtpmd_command_duration_seconds")
                .help("Time from taking up a command to its response, a commit included");
        var counts = CounterSnapshot.builder().name("vtpmd_commands").help("Commands that TPMs have answered");
        for (int i = 0; i < commands.length(); i++) {
            Command command = commands.get(i);
            if (command != null) {
                command.collect(durations, counts);
            }
        }
        return MetricSnapshots.of(durations.build(), counts.build());
    }

    /** The numbers of a command. */
    private static final class Command {
        private static final int SUM = BOUNDS.length + 1;
        private static final int SUCCESSES = SUM + 1;

        private final String name;
        /** How many took up to each of the bounds, and longer than the last; nanoseconds of all; how many succeeded. */
        private final AtomicLongArray numbers = new AtomicLongArray(SUCCESSES + 1);
        /** By result; null before the command has failed. */
        private volatile AtomicReferenceArray<AtomicLong> failures;

        Command(int code) {
            TpmCc known = TpmCc.of(code);
            this.name = known == null ? OTHER : known.name();
        }

        void record(int responseCode, long nanoseconds) {
            int bucket = 0;
            while (bucket < BOUNDS.length && nanoseconds > BOUNDS[bucket]) {
                bucket++;
            }
            numbers.getAndIncrement(bucket);
            numbers.getAndAdd(SUM, nanoseconds);
            if (responseCode == 0) {
                numbers.getAndIncrement(SUCCESSES);
            } else {
                failures(TpmRc.withoutLocation(responseCode)).getAndIncrement();
            }
        }

        private AtomicLong failures(int result) {
            AtomicReferenceArray<AtomicLong> counts = failures;
            if (counts == null) {
                counts = withFailures();
            }
            int index = result >= 0 && result < RESULTS ? result : 0;
            AtomicLong count = counts.get(index);
            if (count == null) {
                counts.compareAndSet(index, null, new AtomicLong());
                count = counts.get(index);
            }
            return count;
        }

        private synchronized AtomicReferenceArray<AtomicLong> withFailures() {
            if (failures == null) {
                failures = new AtomicReferenceArray<>(RESULTS);
            }
            return failures;
        }

        void collect(HistogramSnapshot.Builder durations, CounterSnapshot.Builder counts) {
            var buckets = ClassicHistogramBuckets.builder();
            for (int i = 0; i < BOUNDS.length; i++) {
                buckets.bucket(BOUNDS[i] / NANOSECONDS_PER_SECOND, numbers.get(i));
            }
            buckets.bucket(Double.POSITIVE_INFINITY, numbers.get(BOUNDS.length));
            durations.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("command", name))
                    .classicHistogramBuckets(buckets.build())
                    .sum(numbers.get(SUM) / NANOSECONDS_PER_SECOND)
                    .build());
            count(TpmRc.SUCCESS.name(), numbers.get(SUCCESSES), counts);
            AtomicReferenceArray<AtomicLong> failed = failures;
            Map<String, Long> byResult = new TreeMap<>();
            for (int i = 0; failed != null && i < RESULTS; i++) {
                if (failed.get(i) != null) {
                    byResult.merge(CommandMetrics.name(i), failed.get(i).get(), Long::sum);
                }
            }
            byResult.forEach((result, count) -> count(result, count, counts));
        }

        private void count(String result, long count, CounterSnapshot.Builder counts) {
            counts.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(Labels.of("command", name, "result", result))
                    .value(count)
                    .build());
        }
    }

    private static String name(int result) {
        for (TpmRc known : TpmRc.values()) {
            if (known.value() == result) {
                return known.name();
            }
        }
        return OTHER;
    }
}
