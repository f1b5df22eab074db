package dev.vtpmd.daemon.metrics;

import dev.vtpmd.daemon.device.DeviceObserver;
import dev.vtpmd.protocol.wire.TpmWriter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All metrics of a service. Nothing in them names an instance: a host has thousands. {@code docs/monitoring.md} has the list.
 */
public final class Metrics implements AutoCloseable {
    /** The media type of {@link #text}. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int HEADER = 10;
    private static final int CODE_OFFSET = 6;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CommandMetrics commands = new CommandMetrics();
    private final CommitMetrics commits = new CommitMetrics(registry);
    private final JvmMetrics jvm = new JvmMetrics();
    private final Map<String, AtomicLong> instances;

    /** Nothing counted yet. Instances are counted by {@code states}, which are all that there are. */
    public Metrics(List<String> states) {
        registry.getPrometheusRegistry().register(commands);
        this.instances = states.stream().collect(Collectors.toMap(Function.identity(), state -> new AtomicLong()));
        instances.forEach((state, count) -> Gauge.builder("vtpmd.instances", count, AtomicLong::get)
                .description("Instances by the state of their TPMs")
                .tag("state", state)
                .register(registry));
    }

    /** Counts what devices do; any number of them may tell it at the same time. */
    public DeviceObserver observer() {
        return new DeviceObserver() {
            @Override
            public void executed(int locality, byte[] command, int length, TpmWriter response, long nanoseconds) {
                commands.record(length < HEADER ? 0 : code(command), code(response.array()), nanoseconds);
            }

            @Override
            public void committed(int bytes, long nanoseconds, boolean stored) {
                commits.record(bytes, nanoseconds, stored);
            }
        };
    }

    private static int code(byte[] header) {
        return header[CODE_OFFSET] << 24
                | Byte.toUnsignedInt(header[CODE_OFFSET + 1]) << 16
                | Byte.toUnsignedInt(header[CODE_OFFSET + 2]) << 8
                | Byte.toUnsignedInt(header[CODE_OFFSET + 3]);
    }

    /**
     * All metrics in Prometheus's text format 0.0.4. May take milliseconds.
     *
     * @param counts how many instances there are in each state
     */
    public byte[] text(Map<String, Long> counts) {
        jvm.begin(registry);
        instances.forEach((state, count) -> count.set(counts.getOrDefault(state, 0L)));
        return registry.scrape().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
