package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.device.Workers;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import dev.vtpmd.daemon.metrics.Metrics;
import dev.vtpmd.daemon.port.EventLoops;
import dev.vtpmd.daemon.process.Watchdog.VitalPart;
import dev.vtpmd.store.swtpm.SwtpmKey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * What the instances of a host share.
 *
 * @param runDirectory each instance has its control socket here
 * @param migrationKey encrypts the states that leave through control channels, and must have encrypted those that come
 * @param metrics counts what the instances do
 * @param firmware what the machines' firmware has to be
 * @param clients who may connect to an instance that does not say so itself
 * @param audit is told what becomes of instances
 */
public record InstanceHost(
        Path runDirectory,
        Optional<SwtpmKey> migrationKey,
        FirmwareRules firmware,
        Clients clients,
        AuditLog audit,
        Metrics metrics,
        EventLoops loops,
        ThreadPoolExecutor workers)
        implements AutoCloseable {
    /** As many threads as fit this machine. The key is closed with the host. */
    public static InstanceHost start(
            Path runDirectory,
            Optional<SwtpmKey> migrationKey,
            FirmwareRules firmware,
            Clients clients,
            AuditLog audit) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new InstanceHost(
                runDirectory,
                migrationKey,
                firmware,
                clients,
                audit,
                new Metrics(InstanceStatus.STATES),
                new EventLoops(processors),
                Workers.pool(2 * processors));
    }

    /** The same for the user of the service alone, with any firmware, with neither a migration key nor an audit file. */
    public static InstanceHost start(Path runDirectory) {
        return start(
                runDirectory, Optional.empty(), FirmwareRules.withoutSignature(), Clients.NONE, AuditLog.withoutFile());
    }

    /** Without these threads no instance is served. */
    public List<VitalPart> vitalParts() {
        List<VitalPart> parts = new ArrayList<>();
        loops.threads().forEach(thread -> parts.add(new VitalPart("an event loop of the instances", thread)));
        parts.add(new VitalPart("the workers", workers, workers::getCompletedTaskCount));
        return parts;
    }

    /** Ends the threads. */
    @Override
    public void close() {
        loops.close();
        workers.close();
        metrics.close();
        migrationKey.ifPresent(SwtpmKey::close);
    }
}
