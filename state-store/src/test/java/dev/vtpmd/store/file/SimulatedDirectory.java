package dev.vtpmd.store.file;

import dev.vtpmd.store.file.SimulatedDisk.Unsynced;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A directory: the names on stable storage, and the changes since, each of them atomic. */
final class SimulatedDirectory extends SimulatedNode {
    private record Change(Map<String, SimulatedNode> added, List<String> removed) {
        void applyTo(Map<String, SimulatedNode> names) {
            removed.forEach(names::remove);
            names.putAll(added);
        }
    }

    private final Map<String, SimulatedNode> live = new TreeMap<>();
    private final Map<String, SimulatedNode> durable = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    SimulatedNode get(String name) {
        return live.get(name);
    }

    Set<String> names() {
        return live.keySet();
    }

    void change(Map<String, SimulatedNode> added, List<String> removed) {
        Change change = new Change(added, removed);
        change.applyTo(live);
        unsynced.add(change);
    }

    void sync() {
        durable.clear();
        durable.putAll(live);
        unsynced.clear();
    }

    @Override
    SimulatedDirectory afterPowerLoss(Unsynced choice, Random random) {
        int kept = switch (choice) {
            case LOST -> 0;
            case KEPT -> unsynced.size();
            case MIXED -> random.nextInt(unsynced.size() + 1);
        };
        Map<String, SimulatedNode> names = new TreeMap<>(durable);
        unsynced.subList(0, kept).forEach(change -> change.applyTo(names));
        SimulatedDirectory result = new SimulatedDirectory();
        names.forEach((name, node) -> result.live.put(name, node.afterPowerLoss(choice, random)));
        result.sync();
        return result;
    }

    @Override
    void copyTo(Path target) throws IOException {
        Files.createDirectories(target);
        for (Map.Entry<String, SimulatedNode> entry : live.entrySet()) {
            entry.getValue().copyTo(target.resolve(entry.getKey()));
        }
    }
}
