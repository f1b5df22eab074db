package dev.vtpmd.daemon.metrics;

import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmRc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Commands by code and result, and how long they take by code. A guest chooses both, so whatever is not in the specification is one
 * code and one result, and results are without the numbers of parameters, handles and sessions.
 *
 * <p>{@link #record} finds its meters by index, so that it neither allocates nor locks once a command was there with a result.
 */
final class CommandMetrics {
    /** From what a light command takes to what making an RSA key may. */
    private static final Duration[] BOUNDS = {
        Duration.ofNanos(1_000),
        Duration.ofNanos(2_500),
        Duration.ofNanos(5_000),
        Duration.ofNanos(10_000),
        Duration.ofNanos(25_000),
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
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5)
    };

    private static final String OTHER = "OTHER";
    private static final int FIRST_CODE = 0x11F;
    private static final int CODES = 0x100;
    /** Above all result codes of the specification. */
    private static final int RESULTS = 0x1000;

    private final MeterRegistry registry;
    private final AtomicReferenceArray<Command> commands = new AtomicReferenceArray<>(CODES + 1);

    CommandMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Notes a command: its code, 0 if it had none, the response code, and nanoseconds. From any thread. */
    void record(int code, int responseCode, long nanoseconds) {
        int offset = code - FIRST_CODE;
        int index = offset >= 0 && offset < CODES ? offset : CODES;
        Command command = commands.get(index);
        if (command == null) {
            // Two threads may make one each: their meters are the same ones.
            command = new Command(code);
            commands.set(index, command);
        }
        command.record(responseCode, nanoseconds);
    }

    /** The meters of a command. */
    private final class Command {
        private final String name;
        private final Timer duration;
        private final Counter success;
        /** By result; null before the command has failed. */
        private volatile AtomicReferenceArray<Counter> failures;

        Command(int code) {
            TpmCc known = TpmCc.of(code);
            this.name = known == null ? OTHER : known.name();
            this.duration = Timer.builder("vtpmd.command.duration")
                    .description("Time from taking up a command to its response, a commit included")
                    .tag("command", name)
                    .serviceLevelObjectives(BOUNDS)
                    .register(registry);
            this.success = counter(TpmRc.SUCCESS.name());
        }

        void record(int responseCode, long nanoseconds) {
            duration.record(nanoseconds, TimeUnit.NANOSECONDS);
            if (responseCode == 0) {
                success.increment();
            } else {
                failure(TpmRc.withoutLocation(responseCode)).increment();
            }
        }

        private Counter failure(int result) {
            AtomicReferenceArray<Counter> counters = failures;
            if (counters == null) {
                counters = new AtomicReferenceArray<>(RESULTS);
                failures = counters;
            }
            int index = result >= 0 && result < RESULTS ? result : 0;
            Counter counter = counters.get(index);
            if (counter == null) {
                counter = counter(name(result));
                counters.set(index, counter);
            }
            return counter;
        }

        private Counter counter(String result) {
            return Counter.builder("vtpmd.commands")
                    .description("Commands that TPMs have answered")
                    .tag("command", name)
                    .tag("result", result)
                    .register(registry);
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
