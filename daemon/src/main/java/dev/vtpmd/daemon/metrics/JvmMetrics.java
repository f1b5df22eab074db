package dev.vtpmd.daemon.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** What the process needs: memory, pauses of the garbage collector, threads, processor time, descriptors. */
final class JvmMetrics implements AutoCloseable {
    private JvmGcMetrics pauses;

    /** Begins at the first call: Java's management beans take longer to load than the service takes to start. */
    synchronized void begin(MeterRegistry registry) {
        if (pauses != null) {
            return;
        }
        pauses = new JvmGcMetrics();
        pauses.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    @Override
    public synchronized void close() {
        if (pauses != null) {
            pauses.close();
        }
    }
}
