package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.process.Failures;
import dev.vtpmd.engine.DamagedStateException;
import dev.vtpmd.engine.Tpm;
import dev.vtpmd.engine.libtpms.LibtpmsState;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.InstanceExistsException;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateStore;
import dev.vtpmd.store.export.ExportedTpm;
import dev.vtpmd.store.key.HostKeySource;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** All instances of a host. Calls may come from any thread, not from an event loop; they run one after another. */
public final class Instances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
    /** Longer paths do not fit in a sockaddr_un (unix(7)). */
    private static final int LONGEST_SOCKET_PATH = 107;

    private final StateStore store;
    private final InstanceHost host;
    private final TreeMap<String, Instance> running = new TreeMap<>();
    private final TreeMap<String, Broken> broken = new TreeMap<>();

    private record Broken(InstanceConfiguration configuration, String problem) {}

    /** The instances in {@code store}, which has none open; none is started yet. */
    public Instances(StateStore store, InstanceHost host) {
        this.store = store;
        this.host = host;
    }

    /** Starts all instances. One that cannot be started stays as it is, and does not keep the others from it. */
    public synchronized void start() {
        store.unreadable().forEach((uuid, problem) -> LOG.error("instance {}: {}", uuid, problem.getMessage()));
        for (InstanceInfo info : store.list()) {
            InstanceConfiguration configuration = InstanceConfiguration.of(info);
            try {
                Instance instance = opened(configuration);
                startOrStop(instance);
                running.put(configuration.name(), instance);
            } catch (IOException e) {
                broken.put(configuration.name(), new Broken(configuration, Failures.line(e)));
                LOG.error("{}: cannot be started: {}", configuration.name(), Failures.line(e));
            }
        }
        LOG.info(
                "{} instances are there, {} cannot be used",
                running.size(),
                broken.size() + store.unreadable().size());
    }

    private Instance opened(InstanceConfiguration configuration) throws IOException {
        UUID uuid = configuration.uuid();
        Custody custody = Custody.NEW;
        for (InstanceInfo info : store.list()) {
            if (info.uuid().equals(uuid)) {
                custody = Custody.of(info.settings());
            }
        }
        return new Instance(
                InstanceStorage.of(store, configuration, custody, store.open(uuid)), Optional.empty(), host);
    }

    private static CompletableFuture<ControlResult> startOrStop(Instance instance) throws IOException {
        try {
            return instance.start();
        } catch (IOException e) {
            instance.stop();
            throw e;
        }
    }

    /**
     * Makes a new instance with a new TPM of this model, durably, and starts it. If anything fails there is nothing of it.
     *
     * @throws InstanceException INVALID, TAKEN or FAILED
     */
    public synchronized InstanceStatus create(InstanceConfiguration configuration, TpmModel model)
            throws InstanceException {
        InstanceInfo info = validated(configuration);
        requireFree(configuration);
        byte[] state = Tpm.manufacture(model.profile(), model.pcrBanks(), HostPlatform.entropy());
        try {
            InstanceStatus status = add(configuration, info, state, Optional.empty());
            LOG.info("{}: created, UUID {}", configuration.name(), configuration.uuid());
            return status;
        } finally {
            Arrays.fill(state, (byte) 0);
        }
    }

    /**
     * Makes a new instance of a TPM that libtpms has had, durably, and starts it. If anything fails there is nothing of it.
     *
     * @param profile what the TPM offers from now on
     * @param permanent libtpms's permanent state
     * @param volatileState libtpms's volatile state, if the TPM is to go on where it was
     * @throws InstanceException INVALID, also where a state cannot be taken over, TAKEN or FAILED
     */
    public synchronized InstanceStatus takeOver(
            InstanceConfiguration configuration,
            AlgorithmProfile profile,
            byte[] permanent,
            Optional<byte[]> volatileState)
            throws InstanceException {
        InstanceInfo info = validated(configuration);
        requireFree(configuration);
        LibtpmsState state;
        try {
            state = LibtpmsState.convert(permanent, volatileState, profile, HostPlatform.entropy());
        } catch (DamagedStateException e) {
            throw new InstanceException(Reason.INVALID, configuration.name() + ": " + e.getMessage(), e);
        }
        try {
            InstanceStatus status = add(configuration, info, state.permanentState(), state.volatileState());
            LOG.info(
                    "{}: taken over from libtpms (profile {}, {}), UUID {}",
                    configuration.name(),
                    state.profile(),
                    volatileState.isPresent() ? "running" : "switched off",
                    configuration.uuid());
            return status;
        } finally {
            state.wipe();
        }
    }

    /**
     * Makes an instance that awaits a TPM from a migration. It lasts as long as this service, unless the TPM comes.
     *
     * @param anyTpm whether it takes any TPM, not only the one with the configuration's UUID
     * @throws InstanceException INVALID, TAKEN or FAILED
     */
    public synchronized InstanceStatus await(InstanceConfiguration configuration, boolean anyTpm)
            throws InstanceException {
        validated(configuration);
        requireFree(configuration);
        Instance instance = new Instance(
                InstanceStorage.awaiting(store, configuration),
                anyTpm ? Optional.empty() : Optional.of(configuration.uuid()),
                host);
        try {
            startOrStop(instance);
        } catch (IOException e) {
            throw new InstanceException(
                    Reason.FAILED, configuration.name() + ": cannot be created: " + Failures.line(e), e);
        }
        running.put(configuration.name(), instance);
        LOG.info("{}: awaits a TPM from a migration", configuration.name());
        return instance.status();
    }

    /**
     * Changes what may be done with the states of an instance's TPM, durably.
     *
     * @param migration null to leave it as it is
     * @param snapshots null to leave it as it is
     * @throws InstanceException UNKNOWN, INVALID if the instance cannot be used, or FAILED
     */
    public synchronized InstanceStatus permit(String nameOrUuid, Boolean migration, Boolean snapshots)
            throws InstanceException {
        Instance instance = usable(nameOrUuid);
        Permissions now = instance.configuration().permissions();
        Permissions next = new Permissions(
                migration == null ? now.migration() : migration, snapshots == null ? now.snapshots() : snapshots);
        change(instance, storage -> storage.permissions(next));
        LOG.info(
                "audit: {}: migration {}, snapshots {}",
                instance.configuration().name(),
                next.migration() ? "allowed" : "denied",
                next.snapshots() ? "allowed" : "denied");
        return instance.status();
    }

    /**
     * Takes back a TPM that has moved: the operator knows that it runs nowhere else. This is for the audit trail, so the log has a
     * line that says so.
     *
     * @throws InstanceException UNKNOWN, INVALID if it has not moved, or FAILED
     */
    public synchronized InstanceStatus reclaim(String nameOrUuid) throws InstanceException {
        Instance instance = usable(nameOrUuid);
        String name = instance.configuration().name();
        Custody custody = instance.storage().custody();
        if (instance.storage().awaiting() || custody.here()) {
            throw new InstanceException(Reason.INVALID, name + ": there is nothing to take back; it has not moved");
        }
        change(instance, storage -> storage.custody(custody.at(Custody.Place.HERE)));
        LOG.warn("audit: {}: taken back by the operator from handover {}", name, custody.handovers());
        instance.switchOn();
        return instance.status();
    }

    /**
     * Takes an instance's TPM out into a file for another service. It has moved then, and does not start here again.
     *
     * @param sender whose key says where it comes from
     * @return the file
     * @throws InstanceException UNKNOWN, INVALID if it is on or not here, or FAILED
     */
    public synchronized byte[] export(
            String nameOrUuid, X25519PublicKeyParameters recipient, Optional<X25519PrivateKeyParameters> sender)
            throws InstanceException {
        return Exports.export(usable(nameOrUuid), recipient, sender);
    }

    /**
     * Takes in a TPM that another service has exported, durably: as a new instance, or in the place that it had here before.
     *
     * @param configuration with the TPM's UUID and permissions
     * @throws InstanceException INVALID, TAKEN or FAILED
     */
    public synchronized InstanceStatus importTpm(InstanceConfiguration configuration, ExportedTpm tpm)
            throws InstanceException {
        Optional<Instance> known = running.values().stream()
                .filter(instance -> instance.configuration().uuid().equals(tpm.instance()))
                .findFirst();
        if (known.isPresent()) {
            Exports.takeBack(known.get(), tpm);
            return known.get().status();
        }
        validated(configuration);
        requireFree(configuration);
        try {
            Tpm.profileOf(tpm.permanentState());
            if (tpm.handover() <= store.lastHandoverOfDestroyed(tpm.instance())) {
                throw new InstanceException(
                        Reason.INVALID, configuration.name() + ": this TPM was destroyed here after it was exported");
            }
        } catch (DamagedStateException | IOException e) {
            throw new InstanceException(Reason.INVALID, configuration.name() + ": " + e.getMessage(), e);
        }
        InstanceInfo info = configuration.stored(Custody.after(tpm.handover(), tpm.id(), Custody.Place.HERE));
        InstanceStatus status = add(configuration, info, tpm.permanentState(), tpm.volatileState());
        LOG.info("audit: {}: imported, handover {}", configuration.name(), tpm.handover());
        return status;
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

    private Instance usable(String nameOrUuid) throws InstanceException {
        InstanceStatus status = find(nameOrUuid);
        Instance instance = status.configuration()
                .map(configuration -> running.get(configuration.name()))
                .orElse(null);
        if (instance == null) {
            throw new InstanceException(
                    Reason.INVALID, nameOrUuid + ": " + status.problem().orElse("cannot be used"));
        }
        return instance;
    }

    private InstanceStatus add(
            InstanceConfiguration configuration, InstanceInfo info, byte[] permanent, Optional<byte[]> volatileState)
            throws InstanceException {
        try {
            InstanceStore states = store.create(info, permanent, volatileState);
            Instance instance = new Instance(
                    InstanceStorage.of(store, configuration, Custody.of(info.settings()), states),
                    Optional.empty(),
                    host);
            try {
                CompletableFuture<ControlResult> started = startOrStop(instance);
                if (started.join() != ControlResult.SUCCESS) {
                    instance.stop();
                    throw new IOException("its TPM does not start; the log has the reason");
                }
            } catch (IOException e) {
                store.destroy(info.uuid());
                throw e;
            }
            running.put(configuration.name(), instance);
            return instance.status();
        } catch (InstanceExistsException e) {
            throw new InstanceException(Reason.TAKEN, e.getMessage(), e);
        } catch (IOException e) {
            throw new InstanceException(
                    Reason.FAILED, configuration.name() + ": cannot be created: " + Failures.line(e), e);
        }
    }

    private InstanceInfo validated(InstanceConfiguration configuration) throws InstanceException {
        InstanceInfo info;
        try {
            info = configuration.stored(Custody.NEW);
        } catch (IllegalArgumentException e) {
            throw new InstanceException(Reason.INVALID, e.getMessage(), e);
        }
        Path socket = Instance.controlSocket(host, configuration.name());
        if (socket.toString().length() > LONGEST_SOCKET_PATH) {
            throw new InstanceException(
                    Reason.INVALID,
                    "the path of the control socket, " + socket + ", is longer than " + LONGEST_SOCKET_PATH + " bytes");
        }
        return info;
    }

    private void requireFree(InstanceConfiguration wanted) throws InstanceException {
        for (InstanceConfiguration other : configurations()) {
            if (other.name().equals(wanted.name())) {
                throw new InstanceException(Reason.TAKEN, "there is an instance named " + wanted.name() + " already");
            }
            if (other.uuid().equals(wanted.uuid())) {
                throw new InstanceException(
                        Reason.TAKEN, "UUID " + wanted.uuid() + " belongs to the instance " + other.name());
            }
            int[] taken = other.ports().toArray();
            Optional<Integer> common = wanted.ports()
                    .boxed()
                    .filter(port -> Arrays.stream(taken).anyMatch(port::equals))
                    .findFirst();
            if (common.isPresent()) {
                throw new InstanceException(
                        Reason.TAKEN, "port " + common.get() + " belongs to the instance " + other.name());
            }
        }
    }

    private Collection<InstanceConfiguration> configurations() {
        List<InstanceConfiguration> all = new ArrayList<>();
        running.values().forEach(instance -> all.add(instance.configuration()));
        broken.values().forEach(instance -> all.add(instance.configuration()));
        return all;
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

    /** All instances, by name; those without a name last. */
    public synchronized List<InstanceStatus> list() {
        TreeMap<String, InstanceStatus> named = new TreeMap<>();
        running.forEach((name, instance) -> named.put(name, instance.status()));
        broken.forEach((name, instance) -> named.put(name, status(instance)));
        List<InstanceStatus> all = new ArrayList<>(named.values());
        store.unreadable().forEach((uuid, problem) -> all.add(unreadable(uuid, problem.getMessage())));
        return all;
    }

    private static InstanceStatus status(Broken instance) {
        return new InstanceStatus(
                instance.configuration().uuid(),
                Optional.of(instance.configuration()),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(instance.problem()));
    }

    private static InstanceStatus unreadable(UUID uuid, String problem) {
        return new InstanceStatus(
                uuid,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(problem));
    }

    /**
     * The instance with this name or UUID.
     *
     * @throws InstanceException UNKNOWN
     */
    public synchronized InstanceStatus find(String nameOrUuid) throws InstanceException {
        return list().stream()
                .filter(status -> status.uuid().toString().equalsIgnoreCase(nameOrUuid)
                        || status.configuration()
                                .map(configuration -> configuration.name().equals(nameOrUuid))
                                .orElse(false))
                .findFirst()
                .orElseThrow(
                        () -> new InstanceException(Reason.UNKNOWN, "there is no instance named " + shown(nameOrUuid)));
    }

    private static String shown(String name) {
        String text = name.replaceAll("[^ -~]", "?");
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
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
        Instance instance = running.remove(name);
        try {
            if (instance != null) {
                instance.stop();
            }
            if (instance == null || !instance.storage().awaiting()) {
                rememberHandovers(status.uuid());
                store.destroy(status.uuid());
            }
            broken.remove(name);
            LOG.info("{}: destroyed", name);
        } catch (IOException e) {
            String problem = "cannot be destroyed: " + Failures.line(e);
            status.configuration().ifPresent(configuration -> broken.put(name, new Broken(configuration, problem)));
            throw new InstanceException(Reason.FAILED, name + ": " + problem, e);
        }
    }

    /** An old export file must not bring it back. */
    private void rememberHandovers(UUID uuid) throws IOException {
        for (InstanceInfo info : store.list()) {
            long handovers = Custody.of(info.settings()).handovers();
            if (info.uuid().equals(uuid) && handovers > 0) {
                store.destroyedAfter(uuid, handovers);
            }
        }
    }

    /**
     * Takes an instance whose states are older than they were once, or which was put back itself, as it is, and starts it. This is
     * for the audit trail, so the log has a line that says so.
     *
     * @throws InstanceException UNKNOWN, INVALID if the instance is used as it is, or FAILED
     */
    public synchronized InstanceStatus acceptRollback(String nameOrUuid) throws InstanceException {
        InstanceStatus status = find(nameOrUuid);
        InstanceConfiguration configuration = status.configuration()
                .orElseThrow(() -> new InstanceException(
                        Reason.FAILED, nameOrUuid + ": " + status.problem().orElse("cannot be read")));
        String name = configuration.name();
        Broken refused = broken.get(name);
        if (refused == null) {
            throw new InstanceException(
                    Reason.INVALID, name + ": there is no rollback to accept; it can be used as it is");
        }
        try {
            store.acceptRollback(configuration.uuid());
            LOG.warn(
                    "audit: {}: rollback accepted by the operator, UUID {}; it was: {}",
                    name,
                    configuration.uuid(),
                    refused.problem());
            Instance instance = opened(configuration);
            startOrStop(instance);
            broken.remove(name);
            running.put(name, instance);
            return instance.status();
        } catch (IOException e) {
            broken.put(name, new Broken(configuration, Failures.line(e)));
            throw new InstanceException(Reason.FAILED, name + ": " + Failures.line(e), e);
        }
    }

    /** Stops all instances: what runs is finished, and their states are stored. */
    @Override
    public synchronized void close() {
        // Together, since each may wait for a command.
        CompletableFuture<?>[] stops = running.values().stream()
                .map(instance -> CompletableFuture.runAsync(instance::stop, Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(stops).join();
        running.clear();
    }
}
