package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.store.StateStore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/** Which instances there are: those that are served, those that cannot be used, and those of which not even the name can be read. */
final class Roster {
    private final StateStore store;
    private final TreeMap<String, Instance> served = new TreeMap<>();
    private final TreeMap<String, Broken> broken = new TreeMap<>();
    private final Map<String, InstanceConfiguration> coming = new HashMap<>();

    /**
     * An instance that cannot be used.
     *
     * @param problem why, in one line
     */
    record Broken(InstanceConfiguration configuration, String problem) {
        private InstanceStatus status() {
            return InstanceStatus.unusable(configuration.uuid(), Optional.of(configuration), problem);
        }
    }

    /** A roster with nobody on it but whom {@code store} cannot read. */
    Roster(StateStore store) {
        this.store = store;
    }

    /** This one is served from now on. */
    synchronized void served(Instance instance) {
        String name = instance.configuration().name();
        broken.remove(name);
        served.put(name, instance);
    }

    /** This one cannot be used from now on. */
    synchronized void broken(InstanceConfiguration configuration, String problem) {
        served.remove(configuration.name());
        broken.put(configuration.name(), new Broken(configuration, problem));
    }

    /** This one is gone. */
    synchronized void gone(String name) {
        served.remove(name);
        broken.remove(name);
    }

    /** All that are served. */
    synchronized List<Instance> served() {
        return List.copyOf(served.values());
    }

    private synchronized List<Broken> broken() {
        return List.copyOf(broken.values());
    }

    /** The one that is served under this name. */
    synchronized Optional<Instance> served(String name) {
        return Optional.ofNullable(served.get(name));
    }

    /** The one of this name that cannot be used. */
    synchronized Optional<Broken> broken(String name) {
        return Optional.ofNullable(broken.get(name));
    }

    /** How many cannot be used. */
    synchronized int unusable() {
        return broken.size() + store.unreadable().size();
    }

    /** All, by name; those without a name last. */
    List<InstanceStatus> list() {
        TreeMap<String, InstanceStatus> named = new TreeMap<>();
        // Outside of the lock, because it may read states.
        served().forEach(instance -> named.put(instance.configuration().name(), instance.status()));
        broken().forEach(instance -> named.put(instance.configuration().name(), instance.status()));
        List<InstanceStatus> all = new ArrayList<>(named.values());
        store.unreadable()
                .forEach((uuid, problem) ->
                        all.add(InstanceStatus.unusable(uuid, Optional.empty(), problem.getMessage())));
        return all;
    }

    /**
     * The one with this name or UUID.
     *
     * @throws InstanceException UNKNOWN
     */
    InstanceStatus find(String nameOrUuid) throws InstanceException {
        Optional<InstanceStatus> named = served(nameOrUuid)
                .map(Instance::status)
                .or(() -> broken(nameOrUuid).map(Broken::status));
        if (named.isPresent()) {
            return named.get();
        }
        return uuid(nameOrUuid)
                .flatMap(this::find)
                .orElseThrow(
                        () -> new InstanceException(Reason.UNKNOWN, "there is no instance named " + shown(nameOrUuid)));
    }

    /** The one with this UUID. */
    private Optional<InstanceStatus> find(UUID uuid) {
        return served(uuid)
                .map(Instance::status)
                .or(() -> broken().stream()
                        .filter(instance -> instance.configuration().uuid().equals(uuid))
                        .findFirst()
                        .map(Broken::status))
                .or(() -> Optional.ofNullable(store.unreadable().get(uuid))
                        .map(problem -> InstanceStatus.unusable(uuid, Optional.empty(), problem.getMessage())));
    }

    /** The one that is served and has this UUID at the moment: of one that awaits a TPM it may change. */
    synchronized Optional<Instance> served(UUID uuid) {
        return served.values().stream()
                .filter(instance -> instance.configuration().uuid().equals(uuid))
                .findFirst();
    }

    private static Optional<UUID> uuid(String text) {
        try {
            // Also takes what has fewer digits.
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shown(String name) {
        String text = name.replaceAll("[^ -~]", "?");
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }

    /**
     * The one with this name or UUID, which is served.
     *
     * @throws InstanceException UNKNOWN, or UNFIT if it cannot be used
     */
    Instance usable(String nameOrUuid) throws InstanceException {
        InstanceStatus status = find(nameOrUuid);
        return status.configuration()
                .flatMap(configuration -> served(configuration.name()))
                .orElseThrow(() -> new InstanceException(
                        Reason.UNFIT, nameOrUuid + ": " + status.problem().orElse("cannot be used")));
    }

    /**
     * Keeps the name, the UUID and the ports for one that is being made, until {@link #unreserve}.
     *
     * @throws InstanceException TAKEN
     */
    synchronized void reserve(InstanceConfiguration wanted) throws InstanceException {
        requireFree(wanted);
        coming.put(wanted.name(), wanted);
    }

    /** It is served by now, or will not be. */
    synchronized void unreserve(InstanceConfiguration wanted) {
        coming.remove(wanted.name());
    }

    private void requireFree(InstanceConfiguration wanted) throws InstanceException {
        String name = wanted.name();
        Optional<UUID> nameAsUuid = uuid(name);
        String uuidAsName = wanted.uuid().toString();
        if (coming.containsKey(name) || served.containsKey(name) || broken.containsKey(name)) {
            throw new InstanceException(Reason.TAKEN, "there is an instance named " + name + " already");
        }
        // Whoever says destroy and a UUID must not get another TPM that has it as its name.
        if (coming.containsKey(uuidAsName)
                || served.containsKey(uuidAsName)
                || broken.containsKey(uuidAsName)
                || nameAsUuid.flatMap(this::find).isPresent()) {
            throw new InstanceException(
                    Reason.TAKEN, name + ": the name of one instance cannot be the UUID of another");
        }
        for (InstanceConfiguration other : coming.values()) {
            requireDifferent(wanted, other);
        }
        for (Instance other : served.values()) {
            requireDifferent(wanted, other.configuration());
        }
        for (Broken other : broken.values()) {
            requireDifferent(wanted, other.configuration());
        }
    }

    private static void requireDifferent(InstanceConfiguration wanted, InstanceConfiguration other)
            throws InstanceException {
        if (other.uuid().equals(wanted.uuid())) {
            throw new InstanceException(
                    Reason.TAKEN, "UUID " + wanted.uuid() + " belongs to the instance " + other.name());
        }
        if (!wanted.hasPorts() || !other.hasPorts()) {
            return;
        }
        int[] taken = other.ports().toArray();
        OptionalInt common = wanted.ports()
                .filter(port -> Arrays.stream(taken).anyMatch(one -> one == port))
                .findFirst();
        if (common.isPresent()) {
            throw new InstanceException(
                    Reason.TAKEN, "port " + common.getAsInt() + " belongs to the instance " + other.name());
        }
    }
}
