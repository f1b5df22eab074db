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
import dev.vtpmd.store.StateStore;
import dev.vtpmd.store.key.HostKeySource;
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
                Instance instance = new Instance(configuration, store.open(info.uuid()), host);
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

    private InstanceStatus add(
            InstanceConfiguration configuration, InstanceInfo info, byte[] permanent, Optional<byte[]> volatileState)
            throws InstanceException {
        try {
            Instance instance = new Instance(configuration, store.create(info, permanent, volatileState), host);
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
            info = configuration.stored();
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
                Optional.of(instance.problem()));
    }

    private static InstanceStatus unreadable(UUID uuid, String problem) {
        return new InstanceStatus(
                uuid, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.of(problem));
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
            store.destroy(status.uuid());
            broken.remove(name);
            LOG.info("{}: destroyed", name);
        } catch (IOException e) {
            String problem = "cannot be destroyed: " + Failures.line(e);
            status.configuration().ifPresent(configuration -> broken.put(name, new Broken(configuration, problem)));
            throw new InstanceException(Reason.FAILED, name + ": " + problem, e);
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
            Instance instance = new Instance(configuration, store.open(configuration.uuid()), host);
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
