package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.store.StateStore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Which instances there are: those that are served, those that cannot be used, and those of which not even the name can be read. */
final class Roster {
    private final StateStore store;
    private final TreeMap<String, Instance> served = new TreeMap<>();
    private final TreeMap<String, Broken> broken = new TreeMap<>();

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
    synchronized List<InstanceStatus> list() {
        TreeMap<String, InstanceStatus> named = new TreeMap<>();
        served.forEach((name, instance) -> named.put(name, instance.status()));
        broken.forEach((name, instance) -> named.put(name, instance.status()));
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
    synchronized Instance usable(String nameOrUuid) throws InstanceException {
        InstanceStatus status = find(nameOrUuid);
        return status.configuration()
                .map(configuration -> served.get(configuration.name()))
                .orElseThrow(() -> new InstanceException(
                        Reason.INVALID, nameOrUuid + ": " + status.problem().orElse("cannot be used")));
    }

    /**
     * Sees to it that the name, the UUID and the ports of a new one are not those of another.
     *
     * @throws InstanceException TAKEN
     */
    synchronized void requireFree(InstanceConfiguration wanted) throws InstanceException {
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
        served.values().forEach(instance -> all.add(instance.configuration()));
        broken.values().forEach(instance -> all.add(instance.configuration()));
        return all;
    }
}
