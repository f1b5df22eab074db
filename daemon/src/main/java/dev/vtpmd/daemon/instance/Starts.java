package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.process.Failures;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts the instances that are stored: all of them with the service, and those that could not be used again, one by one. Not safe for use
 * by several threads, but for {@link #progress}.
 */
final class Starts {
    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);
    private static final int STARTERS = 8;

    private final StateStore store;
    private final InstanceHost host;
    private final Roster roster;

    Starts(StateStore store, InstanceHost host, Roster roster) {
        this.store = store;
        this.host = host;
        this.roster = roster;
    }

    /** Starts all. One that cannot be started stays as it is, and does not keep the others from it. */
    void all() {
        store.unreadable().forEach((uuid, problem) -> LOG.error("instance {}: {}", uuid, problem.getMessage()));
        // Several at a time: most of the time goes into waiting for the disk and for event loops.
        try (ExecutorService starters = Executors.newFixedThreadPool(STARTERS)) {
            for (InstanceInfo info : store.list()) {
                starters.execute(() -> start(info));
            }
        }
        LOG.info("{} instances are there, {} cannot be used", roster.served().size(), roster.unusable());
    }

    /** How far {@link #all} is, in a line. */
    String progress() {
        return "%d of %d instances are back"
                .formatted(
                        roster.served().size() + roster.unusable(),
                        store.list().size() + store.unreadable().size());
    }

    private void start(InstanceInfo info) {
        InstanceConfiguration configuration = InstanceConfiguration.of(info);
        try {
            startAs(configuration, info);
        } catch (IOException e) {
            roster.broken(configuration, Failures.line(e));
            LOG.error("{}: cannot be started: {}", configuration.name(), Failures.line(e));
        } catch (RuntimeException e) {
            // Nobody would see it, and the instance be neither served nor listed.
            roster.broken(configuration, "internal error: " + e);
            LOG.error("{}: cannot be started: internal error: {}", configuration.name(), e.toString());
            LOG.debug("start", e);
        }
    }

    private Instance startAs(InstanceConfiguration configuration, InstanceInfo info) throws IOException {
        AtomicReference<AlgorithmProfile> profile = new AtomicReference<>();
        InstanceStore states =
                store.open(info.uuid(), state -> Instance.profileOf(state).ifPresent(profile::set));
        Instance instance = new Instance(
                InstanceStorage.of(store, configuration, Custody.of(info.settings()), states), Optional.empty(), host);
        if (profile.get() != null) {
            instance.hasProfile(profile.get());
        }
        instance.startOrStop();
        roster.served(instance);
        return instance;
    }

    private InstanceInfo stored(UUID uuid) throws IOException {
        return store.info(uuid).orElseThrow(() -> new IOException("is not in the state directory any more"));
    }

    /**
     * Starts one that cannot be used.
     *
     * @throws InstanceException UNKNOWN, UNFIT if it is started, or FAILED
     */
    InstanceStatus again(String nameOrUuid) throws InstanceException {
        return startAgain(unusable(nameOrUuid, "there is nothing to start"));
    }

    /**
     * Takes an instance whose states are older than they were once, or which was put back itself, as it is, and starts it.
     *
     * @throws InstanceException UNKNOWN, UNFIT if the instance is used as it is, or FAILED
     */
    InstanceStatus acceptRollback(String nameOrUuid) throws InstanceException {
        InstanceConfiguration configuration = unusable(nameOrUuid, "there is no rollback to accept");
        String name = configuration.name();
        String problem = roster.find(nameOrUuid).problem().orElse("refused");
        try {
            store.acceptRollback(configuration.uuid());
        } catch (IOException e) {
            roster.broken(configuration, Failures.line(e));
            throw new InstanceException(Reason.FAILED, name + ": " + Failures.line(e), e);
        }
        host.audit()
                .event(
                        "rollback-accepted",
                        configuration.uuid(),
                        name,
                        "rollback accepted by the operator, UUID " + configuration.uuid() + "; it was: " + problem);
        return startAgain(configuration);
    }

    /** The configuration of an instance that cannot be used; of one that could not be read, once it can. */
    private InstanceConfiguration unusable(String nameOrUuid, String otherwise) throws InstanceException {
        InstanceStatus status = roster.find(nameOrUuid);
        if (status.problem().isEmpty()) {
            throw new InstanceException(Reason.UNFIT, nameOrUuid + ": " + otherwise + "; it can be used as it is");
        }
        if (status.configuration().isPresent()) {
            return status.configuration().get();
        }
        try {
            store.open(status.uuid()).close();
            return InstanceConfiguration.of(stored(status.uuid()));
        } catch (IOException e) {
            throw new InstanceException(Reason.FAILED, nameOrUuid + ": " + Failures.line(e), e);
        }
    }

    private InstanceStatus startAgain(InstanceConfiguration configuration) throws InstanceException {
        try {
            Instance instance = startAs(configuration, stored(configuration.uuid()));
            host.audit().event("started", configuration.uuid(), configuration.name(), "started again");
            return instance.status();
        } catch (IOException e) {
            roster.broken(configuration, Failures.line(e));
            throw new InstanceException(Reason.FAILED, configuration.name() + ": " + Failures.line(e), e);
        }
    }
}
