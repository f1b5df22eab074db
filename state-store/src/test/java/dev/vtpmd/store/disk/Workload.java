package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.file.PowerLoss;
import dev.vtpmd.store.file.SimulatedDisk;
import dev.vtpmd.store.key.HostKeySource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A life of a state directory, step by step, and what must be found in it after each step. It covers everything that writes:
 * first start, creation, commits that grow and shrink, deletion, settings, destruction, a change of the host key, restarts.
 */
final class Workload {
    static final UUID VM1 = UUID.fromString("00000000-0000-4000-8000-000000000001");
    static final UUID VM2 = UUID.fromString("00000000-0000-4000-8000-000000000002");

    /** What is known of one instance. States stand as hexadecimal text, so that they compare and print. */
    record Known(String name, Map<String, String> settings, String permanentState, Optional<String> volatileState) {
        Known withPermanent(byte[] state) {
            return new Known(name, settings, text(state), volatileState);
        }

        Known withVolatile(Optional<byte[]> state) {
            return new Known(name, settings, permanentState, state.map(Known::text));
        }

        private static String text(byte[] state) {
            return state.length + ":" + HexFormat.of().formatHex(state, 0, Math.min(8, state.length)) + ":"
                    + Arrays.hashCode(state);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private record Step(Action action, Map<UUID, Known> after) {}

    private final SimulatedDisk disk;
    private final Path directory;
    private final HostKeySource oldKey;
    private final HostKeySource newKey;
    private final List<Step> steps = new ArrayList<>();
    private Map<UUID, Known> planned = Map.of();

    private DiskStateStore store;
    private final Map<UUID, InstanceStore> open = new TreeMap<>();
    private int done;
    private int hostKeyStep;

    Workload(SimulatedDisk disk, Path directory, HostKeySource oldKey, HostKeySource newKey) {
        this.disk = disk;
        this.directory = directory;
        this.oldKey = oldKey;
        this.newKey = newKey;
        plan();
    }

    /** Runs one step after the other. A step that fails is repeated, up to {@code attempts} times in all. */
    void run(int attempts) throws IOException {
        while (done < steps.size()) {
            for (int attempt = 1; ; attempt++) {
                try {
                    steps.get(done).action.run();
                    break;
                } catch (IOException e) {
                    if (attempt == attempts) {
                        throw e;
                    }
                }
            }
            done++;
        }
    }

    /** What must be found after the last step that was completed. */
    Map<UUID, Known> acknowledged() {
        return done == 0 ? Map.of() : steps.get(done - 1).after;
    }

    /** What may be found too, if a step was interrupted. */
    Map<UUID, Known> inProgress() {
        return done == steps.size() ? acknowledged() : steps.get(done).after;
    }

    /** Whether the change of the host key has been acknowledged. */
    boolean isHostKeyChanged() {
        return done > hostKeyStep;
    }

    /** Closes what is open, as the end of the process does. */
    void abandon() {
        boolean closing = store != null;
        while (closing) {
            try {
                store.close();
                closing = false;
            } catch (PowerLoss e) {
                // What had to be written could not be; the process ends all the same.
            }
        }
    }

    /** What a store contains. */
    static Map<UUID, Known> contents(DiskStateStore store) throws IOException {
        if (!store.unreadable().isEmpty()) {
            throw store.unreadable().values().iterator().next();
        }
        Map<UUID, Known> found = new TreeMap<>();
        for (InstanceInfo info : store.list()) {
            try (InstanceStore instance = store.open(info.uuid())) {
                Known known = new Known(info.name(), info.settings(), "", Optional.empty())
                        .withPermanent(instance.load(StateKind.PERMANENT).orElseThrow())
                        .withVolatile(instance.load(StateKind.VOLATILE));
                found.put(info.uuid(), known);
            }
        }
        return found;
    }

    private void plan() {
        restart(oldKey);
        create(VM1, "vm1");
        for (int size : new int[] {900, 1000, 16_200, 20_000, 24_000, 3_000, 3_001}) {
            commit(VM1, StateKind.PERMANENT, size);
        }
        commit(VM1, StateKind.VOLATILE, 5_000);
        create(VM2, "vm2");
        commit(VM2, StateKind.PERMANENT, 700);
        configure(VM1, Map.of("mssim", "2321"));
        delete(VM1);
        commit(VM1, StateKind.VOLATILE, 4_900);
        restart(oldKey);
        commit(VM1, StateKind.PERMANENT, 1_200);
        delete(VM1);
        destroy(VM2);
        create(VM2, "vm2-again");
        commit(VM2, StateKind.VOLATILE, 100);
        hostKeyStep = steps.size();
        add(() -> store.changeHostKey(newKey), planned);
        commit(VM2, StateKind.PERMANENT, 710);
        destroy(VM1);
        restart(newKey);
        commit(VM2, StateKind.PERMANENT, 720);
    }

    private void restart(HostKeySource key) {
        add(
                () -> {
                    abandon();
                    open.clear();
                    store = null;
                    store = DiskStateStore.open(directory, key, disk);
                },
                planned);
    }

    private void create(UUID uuid, String name) {
        InstanceInfo info = new InstanceInfo(uuid, name, Instant.EPOCH, Map.of());
        byte[] first = content(800);
        Known known = new Known(name, Map.of(), "", Optional.empty()).withPermanent(first);
        add(() -> open.put(uuid, store.create(info, first)), changed(uuid, Optional.of(known)));
    }

    private void commit(UUID uuid, StateKind kind, int size) {
        byte[] state = content(size);
        Known before = planned.get(uuid);
        Known after =
                kind == StateKind.PERMANENT ? before.withPermanent(state) : before.withVolatile(Optional.of(state));
        add(() -> instance(uuid).commit(kind, state), changed(uuid, Optional.of(after)));
    }

    private void delete(UUID uuid) {
        Known after = planned.get(uuid).withVolatile(Optional.empty());
        add(() -> instance(uuid).delete(StateKind.VOLATILE), changed(uuid, Optional.of(after)));
    }

    private void configure(UUID uuid, Map<String, String> settings) {
        Known before = planned.get(uuid);
        Known after = new Known(before.name(), settings, before.permanentState(), before.volatileState());
        add(() -> store.configure(uuid, settings), changed(uuid, Optional.of(after)));
    }

    private void destroy(UUID uuid) {
        add(
                () -> {
                    InstanceStore instance = open.remove(uuid);
                    if (instance != null) {
                        instance.close();
                    }
                    store.destroy(uuid);
                },
                changed(uuid, Optional.empty()));
    }

    private InstanceStore instance(UUID uuid) throws IOException {
        if (!open.containsKey(uuid)) {
            open.put(uuid, store.open(uuid));
        }
        return open.get(uuid);
    }

    private Map<UUID, Known> changed(UUID uuid, Optional<Known> known) {
        Map<UUID, Known> after = new TreeMap<>(planned);
        after.remove(uuid);
        known.ifPresent(value -> after.put(uuid, value));
        return after;
    }

    private void add(Action action, Map<UUID, Known> after) {
        steps.add(new Step(action, after));
        planned = after;
    }

    /** Content that no other step has. */
    private byte[] content(int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) (steps.size() + 1));
        return content;
    }
}
