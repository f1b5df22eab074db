package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.capture.Capture;
import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.process.Failures;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.state.PublicParts;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.HostKeyProgress;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.StateStore;
import dev.vtpmd.store.export.ExportedTpm;
import dev.vtpmd.store.key.HostKeySource;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * All instances of a host. Calls may come from any thread, not from an event loop. Those that change an instance which is there run one
 * after another; new ones are made beside them, and looking never waits for either.
 */
public final class Instances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

    private final StateStore store;
    private final InstanceHost host;
    private final Roster roster;
    private final Starts starts;
    private final NewInstances newInstances;
    private final FirmwareBinding firmware;
    private final Exports exports;

    /** The instances in {@code store}, which has none open; none is started yet. */
    public Instances(StateStore store, InstanceHost host) {
        this.store = store;
        this.host = host;
        this.roster = new Roster(store);
        this.starts = new Starts(store, host, roster);
        this.newInstances = new NewInstances(store, host, roster);
        this.firmware = new FirmwareBinding(host.firmware(), roster, host.audit());
        this.exports = new Exports(host.audit());
    }

    /** Starts all instances. One that cannot be started stays as it is, and does not keep the others from it. */
    public synchronized void start() {
        starts.all();
    }

    /** How far {@link #start} is, in a line. */
    public String progress() {
        return starts.progress();
    }

    /**
     * Makes a new instance with a new TPM, durably, and starts it. If anything fails there is nothing of it. While the TPM is made,
     * other calls go on.
     *
     * @throws InstanceException INVALID, TAKEN or FAILED
     */
    public InstanceStatus create(InstanceConfiguration configuration, NewTpm tpm) throws InstanceException {
        firmware.requireNamed(configuration);
        return newInstances.create(configuration, tpm);
    }

    /**
     * What everybody could read from a TPM who may send commands to it, as it is stored.
     *
     * @throws InstanceException UNKNOWN, UNFIT if there is none, or FAILED if it cannot be read
     */
    public PublicParts publicParts(String nameOrUuid) throws InstanceException {
        InstanceStorage storage = roster.usable(nameOrUuid).storage();
        String name = storage.configuration().name();
        try {
            byte[] state = storage.load(StateKind.PERMANENT)
                    .orElseThrow(() -> new InstanceException(Reason.UNFIT, name + ": its TPM has not come yet"));
            try {
                return PublicParts.of(state);
            } finally {
                Arrays.fill(state, (byte) 0);
            }
        } catch (IOException | DamagedStateException e) {
            throw new InstanceException(Reason.FAILED, name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The firmware in a file, if it is good: UEFI with TPM 2.0 support, and signed where that is asked for.
     *
     * @param file absolute
     * @throws InstanceException INVALID
     */
    public BoundFirmware checkedFirmware(String file) throws InstanceException {
        return firmware.check(file);
    }

    /**
     * Says which firmware an instance's machine starts with, durably; empty for any. A TPM that is on stays on.
     *
     * @throws InstanceException UNKNOWN, UNFIT if the instance cannot be used, or FAILED
     */
    public synchronized InstanceStatus bindFirmware(String nameOrUuid, Optional<BoundFirmware> good)
            throws InstanceException {
        return firmware.bind(nameOrUuid, good);
    }

    /**
     * The firmware that an instance is bound to, checked again. Empty if there is none.
     *
     * @throws InstanceException UNKNOWN, or INVALID if the TPM cannot be switched on, because of the firmware or otherwise
     */
    public Optional<CheckedFirmware> firmwareToStart(String nameOrUuid) throws InstanceException {
        return firmware.toStart(nameOrUuid);
    }

    /**
     * Makes a new instance of a TPM that libtpms has had, durably, and starts it. If anything fails there is nothing of it.
     *
     * @param profile what the TPM offers from now on
     * @param permanent libtpms's permanent state
     * @param volatileState libtpms's volatile state, if the TPM is to go on where it was
     * @throws InstanceException INVALID, also where a state cannot be taken over, TAKEN or FAILED
     */
    public InstanceStatus takeOver(
            InstanceConfiguration configuration,
            AlgorithmProfile profile,
            byte[] permanent,
            Optional<byte[]> volatileState)
            throws InstanceException {
        return newInstances.takeOver(configuration, profile, permanent, volatileState);
    }

    /**
     * Makes an instance that awaits a TPM from a migration. It lasts as long as this service, unless the TPM comes.
     *
     * @param anyTpm whether it takes any TPM, not only the one with the configuration's UUID
     * @throws InstanceException INVALID, TAKEN or FAILED
     */
    public InstanceStatus await(InstanceConfiguration configuration, boolean anyTpm) throws InstanceException {
        return newInstances.await(configuration, anyTpm);
    }

    /**
     * Changes what may be done with the states of an instance's TPM, and who may connect to it, durably.
     *
     * @param migration null to leave it as it is
     * @param snapshots null to leave it as it is
     * @param clients nobody to leave them as they are
     * @throws InstanceException UNKNOWN, UNFIT if the instance cannot be used, or FAILED
     */
    public synchronized InstanceStatus set(String nameOrUuid, Boolean migration, Boolean snapshots, Clients clients)
            throws InstanceException {
        Instance instance = roster.usable(nameOrUuid);
        InstanceConfiguration configuration = instance.configuration();
        if (!clients.equals(Clients.NONE)) {
            validated(configuration, clients);
            change(instance, storage -> instance.admit(clients));
            told(instance, "set", "who may connect: " + clients);
        }
        if (migration != null || snapshots != null) {
            Permissions now = configuration.permissions();
            Permissions next = new Permissions(
                    migration == null ? now.migration() : migration, snapshots == null ? now.snapshots() : snapshots);
            change(instance, storage -> storage.permissions(next));
            told(
                    instance,
                    "set",
                    "migration " + (next.migration() ? "allowed" : "denied") + ", snapshots "
                            + (next.snapshots() ? "allowed" : "denied"));
        }
        return instance.status();
    }

    /** Nobody is named where that would promise too much. */
    private static void validated(InstanceConfiguration configuration, Clients clients) throws InstanceException {
        try {
            configuration.with(clients);
        } catch (IllegalArgumentException e) {
            throw new InstanceException(Reason.INVALID, e.getMessage(), e);
        }
    }

    private void told(Instance instance, String event, String detail) {
        InstanceConfiguration configuration = instance.configuration();
        host.audit().event(event, configuration.uuid(), configuration.name(), detail);
    }

    /**
     * Takes back a TPM that has moved: the operator knows that it runs nowhere else. This is for the audit trail, so the log has a
     * line that says so.
     *
     * @throws InstanceException UNKNOWN, UNFIT if it has not moved, or FAILED
     */
    public synchronized InstanceStatus reclaim(String nameOrUuid) throws InstanceException {
        Instance instance = roster.usable(nameOrUuid);
        String name = instance.configuration().name();
        Custody custody = instance.storage().custody();
        if (instance.storage().awaiting() || custody.here()) {
            throw new InstanceException(Reason.UNFIT, name + ": there is nothing to take back; it has not moved");
        }
        change(instance, storage -> storage.custody(custody.at(Custody.Place.HERE)));
        told(instance, "reclaimed", "taken back by the operator from handover " + custody.handovers());
        instance.switchOn();
        return instance.status();
    }

    /**
     * Takes an instance's TPM out into a file for another service. It has moved then, and does not start here again.
     *
     * @param sender whose key says where it comes from
     * @return the file
     * @throws InstanceException UNKNOWN, UNFIT if it is on or not here, or FAILED
     */
    public synchronized byte[] export(
            String nameOrUuid, X25519PublicKeyParameters recipient, Optional<X25519PrivateKeyParameters> sender)
            throws InstanceException {
        return exports.export(roster.usable(nameOrUuid), recipient, sender);
    }

    /**
     * Takes in a TPM that another service has exported, durably: as a new instance, or in the place that it had here before.
     *
     * @param configuration with the TPM's UUID and permissions
     * @throws InstanceException INVALID, TAKEN or FAILED
     */
    public synchronized InstanceStatus importTpm(InstanceConfiguration configuration, ExportedTpm tpm)
            throws InstanceException {
        Optional<Instance> known = roster.served(tpm.instance());
        if (known.isPresent()) {
            exports.takeBack(known.get(), tpm);
            return known.get().status();
        }
        return newInstances.importTpm(configuration, tpm);
    }

    private interface Change {
        void to(InstanceStorage storage) throws IOException;
    }

    private static void change(Instance instance, Change change) throws InstanceException {
        try {
            change.to(instance.storage());
        } catch (IOException e) {
            throw new InstanceException(Reason.FAILED, instance.configuration().name() + ": " + Failures.line(e), e);
        }
    }

    /**
     * Seals the states of all instances with another host key, while they run.
     *
     * @throws InstanceException INVALID if the key cannot be used, FAILED if the change did not succeed; if it got half way,
     *     the next start of the service completes it
     */
    public synchronized void changeHostKey(HostKeySource source) throws InstanceException {
        try {
            store.changeHostKey(source);
            LOG.info("the host key has been changed; the service needs the new one from its next start on");
        } catch (HostKeyException e) {
            throw new InstanceException(Reason.INVALID, Failures.line(e), e);
        } catch (IOException e) {
            throw new InstanceException(Reason.FAILED, "the host key has not been changed: " + Failures.line(e), e);
        }
    }

    /** How far {@link #changeHostKey} is. */
    public HostKeyProgress hostKeyProgress() {
        return store.hostKeyProgress();
    }

    /** All instances, by name; those without a name last. */
    public List<InstanceStatus> list() {
        return roster.list();
    }

    /**
     * The instance with this name or UUID.
     *
     * @throws InstanceException UNKNOWN
     */
    public InstanceStatus find(String nameOrUuid) throws InstanceException {
        return roster.find(nameOrUuid);
    }

    /**
     * The instance with this name or UUID, also what only its state tells.
     *
     * @throws InstanceException UNKNOWN
     */
    public InstanceStatus look(String nameOrUuid) throws InstanceException {
        InstanceStatus status = roster.find(nameOrUuid);
        return status.configuration()
                .flatMap(configuration -> roster.served(configuration.name()))
                .map(Instance::thoroughStatus)
                .orElse(status);
    }

    /**
     * Stops the instance with this name or UUID and removes it and its state for good.
     *
     * @throws InstanceException UNKNOWN or FAILED
     */
    public synchronized void destroy(String nameOrUuid) throws InstanceException {
        InstanceStatus status = find(nameOrUuid);
        String name = status.configuration()
                .map(InstanceConfiguration::name)
                .orElse(status.uuid().toString());
        Optional<Instance> instance = roster.served(name);
        try {
            instance.ifPresent(Instance::stop);
            if (instance.isEmpty() || !instance.get().storage().awaiting()) {
                rememberHandovers(status.uuid());
                store.destroy(status.uuid());
            }
            roster.gone(name);
            host.audit().event("destroyed", status.uuid(), name, "destroyed");
        } catch (IOException e) {
            String problem = "cannot be destroyed: " + Failures.line(e);
            status.configuration().ifPresent(configuration -> roster.broken(configuration, problem));
            throw new InstanceException(Reason.FAILED, name + ": " + problem, e);
        }
    }

    /** An old export file must not bring it back. */
    private void rememberHandovers(UUID uuid) throws IOException {
        Optional<InstanceInfo> info = store.info(uuid);
        long handovers = info.isPresent() ? Custody.of(info.get().settings()).handovers() : 0;
        if (handovers > 0) {
            store.destroyedAfter(uuid, handovers);
        }
    }

    /**
     * Tries once more to start an instance that cannot be used, after what was in its way has been put right.
     *
     * @throws InstanceException UNKNOWN, UNFIT if it is started, or FAILED
     */
    public synchronized InstanceStatus start(String nameOrUuid) throws InstanceException {
        return starts.again(nameOrUuid);
    }

    /**
     * Takes an instance whose states are older than they were once, or which was put back itself, as it is, and starts it. This is
     * for the audit trail, so the log has a line that says so.
     *
     * @throws InstanceException UNKNOWN, UNFIT if the instance is used as it is, or FAILED
     */
    public synchronized InstanceStatus acceptRollback(String nameOrUuid) throws InstanceException {
        return starts.acceptRollback(nameOrUuid);
    }

    /** All metrics of the service in Prometheus's text format. */
    public byte[] metrics() {
        Map<String, Long> counts = roster.served().stream()
                .collect(Collectors.groupingBy(Instance::state, HashMap::new, Collectors.counting()));
        counts.put("failed", (long) roster.unusable());
        return host.metrics().text(counts);
    }

    /**
     * Begins to record what an instance's TPM and its clients say to each other.
     *
     * @param file absolute, and not there yet
     * @param mostBytes the size that the file may get
     * @throws InstanceException UNKNOWN, TAKEN if it is recorded already, or INVALID if the file cannot be made
     */
    public synchronized Capture beginCapture(String nameOrUuid, String file, long mostBytes) throws InstanceException {
        return Captures.begin(roster.usable(nameOrUuid), file, mostBytes, host.audit());
    }

    /**
     * Ends a recording.
     *
     * @throws InstanceException UNKNOWN, also if there is none
     */
    public synchronized Capture endCapture(String nameOrUuid) throws InstanceException {
        return Captures.end(roster.usable(nameOrUuid));
    }

    /**
     * The recording of an instance, also one that has ended by itself.
     *
     * @throws InstanceException UNKNOWN
     */
    public Optional<Capture> capture(String nameOrUuid) throws InstanceException {
        return roster.usable(nameOrUuid).capture().current();
    }

    /** Stops all instances: what runs is finished, and their states are stored. */
    @Override
    public synchronized void close() {
        // Together, since each may wait for a command.
        CompletableFuture<?>[] stops = roster.served().stream()
                .map(instance -> CompletableFuture.runAsync(instance::stop, Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(stops).join();
        roster.served().forEach(instance -> roster.gone(instance.configuration().name()));
    }
}
