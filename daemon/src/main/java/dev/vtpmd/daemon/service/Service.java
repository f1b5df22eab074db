package dev.vtpmd.daemon.service;

import dev.vtpmd.daemon.admin.server.AdminServer;
import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.certificate.LocalAuthority;
import dev.vtpmd.daemon.instance.InstanceHost;
import dev.vtpmd.daemon.instance.Instances;
import dev.vtpmd.daemon.metrics.MetricsPort;
import dev.vtpmd.daemon.process.IdleMemory;
import dev.vtpmd.daemon.process.PidFile;
import dev.vtpmd.daemon.process.Progress;
import dev.vtpmd.daemon.process.Reload;
import dev.vtpmd.daemon.process.ServiceManager;
import dev.vtpmd.daemon.process.Termination;
import dev.vtpmd.daemon.process.Watchdog;
import dev.vtpmd.daemon.process.Watchdog.VitalPart;
import dev.vtpmd.daemon.provision.Provisioner;
import dev.vtpmd.store.StateStore;
import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.swtpm.SwtpmKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One service per host: all its instances, and their administration. */
public final class Service {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final ServiceConfiguration configuration;
    private final ServiceManager serviceManager;
    private final Reload reload;

    /** A service that is not running yet. */
    public Service(ServiceConfiguration configuration, ServiceManager serviceManager, Reload reload) {
        this.configuration = configuration;
        this.serviceManager = serviceManager;
        this.reload = reload;
    }

    /**
     * Serves until {@code termination} is asked for, then stops in order.
     *
     * @throws IOException if it cannot start; the message is one line for the operator
     */
    public void run(Termination termination) throws IOException, InterruptedException {
        try (RunDirectory run = new RunDirectory(configuration.runDirectory());
                StateStore store = DiskStateStore.open(configuration.stateDirectory(), configuration.hostKey());
                AuditLog audit = AuditLog.in(configuration.auditFile());
                InstanceHost host = InstanceHost.start(
                        run.path(), readMigrationKey(), configuration.firmware(), configuration.clients(), audit);
                Instances instances = new Instances(store, host)) {
            try (Progress progress = Progress.to(this::starting, instances::progress)) {
                instances.start();
            }
            LocalAuthority authority = new LocalAuthority(store);
            try (Provisioner provisioner = new Provisioner(authority);
                    AdminServer admin = new AdminServer(
                            run.adminSocket(), instances, authority, provisioner, configuration.roles(), audit);
                    MetricsPort metrics = configuration.metricsPort().isPresent()
                            ? new MetricsPort(configuration.metricsPort().getAsInt(), instances::metrics)
                            : null;
                    PidFile pidFile = new PidFile(run.pidFile());
                    Watchdog watchdog = Watchdog.start(serviceManager, vitalParts(host, admin));
                    IdleMemory memory = IdleMemory.watched()) {
                serviceManager.ready();
                reload.begin();
                LOG.info("ready: states in {}, sockets in {}", configuration.stateDirectory(), run.path());
                termination.await();
                LOG.info("stopping");
                reload.end();
                serviceManager.stopping();
            }
        }
        LOG.info("stopped");
    }

    private void starting(String progress) {
        LOG.info("{}", progress);
        serviceManager.status(progress);
    }

    private static List<VitalPart> vitalParts(InstanceHost host, AdminServer admin) {
        return Stream.concat(host.vitalParts().stream(), Stream.of(admin.vitalPart()))
                .toList();
    }

    private Optional<SwtpmKey> readMigrationKey() throws IOException {
        if (configuration.migrationKey().isEmpty()) {
            return Optional.empty();
        }
        try (SealingKey key =
                new HostKeySource.GivenKey(configuration.migrationKey().get()).read()) {
            return Optional.of(new SwtpmKey(key.export()));
        }
    }
}
