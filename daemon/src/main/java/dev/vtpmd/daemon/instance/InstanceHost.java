package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.Workers;
import dev.vtpmd.daemon.port.EventLoops;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/**
 * What the instances of a host share.
 *
 * @param runDirectory each instance has its control socket here
 */
public record InstanceHost(Path runDirectory, EventLoops loops, ExecutorService workers) implements AutoCloseable {
    /** As many threads as fit this machine. */
    public static InstanceHost start(Path runDirectory) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new InstanceHost(runDirectory, new EventLoops(processors), Workers.pool(2 * processors));
    }

    /** Ends the threads. */
    @Override
    public void close() {
        loops.close();
        workers.close();
    }
}
