package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.store.StateStore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        Optional<Instance> named = served(nameOrUuid);
        if (named.isPresent()) {
            return named.get().status();
        }
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
     * The one with this name or UUID, which is served.
     *
     * @throws InstanceException UNKNOWN, or INVALID if it cannot be used
     */
    Instance usable(String nameOrUuid) throws InstanceException {
        InstanceStatus status = find(nameOrUuid);
        return status.configuration()
                .flatMap(configuration -> served(configuration.name()))
                .orElseThrow(() -> new InstanceException(
                        Reason.INVALID, nameOrUuid + ": " + status.problem().orElse("cannot be used")));
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
        List<InstanceConfiguration> all = new ArrayList<>(coming.values());
        served.values().forEach(instance -> all.add(instance.configuration()));
        broken.values().forEach(instance -> all.add(instance.configuration()));
        return all;
    }
}
