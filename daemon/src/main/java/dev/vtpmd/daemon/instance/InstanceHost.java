package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.Workers;
import dev.vtpmd.daemon.port.EventLoops;
import dev.vtpmd.store.swtpm.SwtpmKey;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * What the instances of a host share.
 *
 * @param runDirectory each instance has its control socket here
 * @param migrationKey encrypts the states that leave through control channels, and must have encrypted those that come
 */
public record InstanceHost(
        Path runDirectory, Optional<SwtpmKey> migrationKey, EventLoops loops, ExecutorService workers)
        implements AutoCloseable {
    /** As many threads as fit this machine. The key is closed with the host. */
    public static InstanceHost start(Path runDirectory, Optional<SwtpmKey> migrationKey) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new InstanceHost(runDirectory, migrationKey, new EventLoops(processors), Workers.pool(2 * processors));
    }

    /** The same without a migration key. */
    public static InstanceHost start(Path runDirectory) {
        return start(runDirectory, Optional.empty());
    }

    /** Ends the threads. */
    @Override
    public void close() {
        loops.close();
        workers.close();
        migrationKey.ifPresent(SwtpmKey::close);
    }
}
