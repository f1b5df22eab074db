package dev.vtpmd.store.disk;

import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.file.FileFailure;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Which instances there are, and a generation that each state of theirs is known to have reached. It lies beside the instances and
 * is sealed with the host key. A state that is older than its mark, or an instance without one, has been put back.
 *
 * <p>A mark is never ahead of what is durable: it is stored after the generation that it names. It is behind by less than
 * {@value #INTERVAL} generations while an instance is open, so that commits need not wait for it, and exact once it was closed.
 *
 * <p>Many instances may change at a time: what comes while a write is under way waits for it, and is then written together. For one
 * instance the calls come one after the other.
 */
final class GenerationRegister implements AutoCloseable {
    /** After how many generations a mark is stored anew. */
    static final int INTERVAL = 64;

    private static final Logger LOG = LoggerFactory.getLogger(GenerationRegister.class);

    private final Path directory;
    private final RegisterFiles files;
    private final ReentrantLock writing = new ReentrantLock();
    private Batch gathering = new Batch();

    /** The generations that the states of one instance have reached; 0 where that is not known. */
    record Marks(long permanentState, long volatileState) {
        static final Marks UNKNOWN = new Marks(0, 0);

        long of(StateKind kind) {
            return kind == StateKind.PERMANENT ? permanentState : volatileState;
        }

        Marks with(StateKind kind, long generation) {
            return kind == StateKind.PERMANENT
                    ? new Marks(generation, volatileState)
                    : new Marks(permanentState, generation);
        }

        private Marks orLater(Marks other) {
            return new Marks(
                    Math.max(permanentState, other.permanentState), Math.max(volatileState, other.volatileState));
        }

        private boolean farFrom(Marks later) {
            return later.permanentState - permanentState >= INTERVAL || later.volatileState - volatileState >= INTERVAL;
        }
    }

    /** Changes that are written together; all that wait for them learn from it what came of that. */
    private static final class Batch {
        private final Map<UUID, Optional<Marks>> changes = new HashMap<>();
        private boolean done;
        private IOException failure;
    }

    GenerationRegister(StateFiles files, Path directory, List<SealingKey> hostKeys) {
        this.directory = directory;
        this.files = new RegisterFiles(files, directory, hostKeys);
    }

    /** Makes the register of these instances, durably; of their generations it knows what could be read. */
    void create(Set<UUID> instances) throws IOException {
        files.create(instances.stream()
                .collect(Collectors.toMap(
                        instance -> instance, instance -> files.find(instance).orElse(Marks.UNKNOWN))));
    }

    /**
     * Reads the register, and forgets the instances that are not among {@code present}: their creation or removal was cut off.
     *
     * @throws dev.vtpmd.store.DamagedFileException if there is none, as in a directory that an older release has made
     */
    void load(Set<UUID> present) throws IOException {
        files.load();
        Map<UUID, Optional<Marks>> cutOff = files.registered().stream()
                .filter(instance -> !present.contains(instance))
                .collect(Collectors.toMap(instance -> instance, instance -> Optional.empty()));
        if (!cutOff.isEmpty()) {
            files.store(cutOff);
        }
    }

    /** What is known of an instance, or empty if it is not registered. */
    Optional<Marks> find(UUID instance) {
        return files.find(instance);
    }

    /** Sets the marks of an instance, durably. */
    void put(UUID instance, Marks reached) throws IOException {
        if (!files.find(instance).equals(Optional.of(reached))) {
            change(instance, Optional.of(reached));
        }
    }

    /** Removes an instance, durably. */
    void remove(UUID instance) throws IOException {
        if (files.find(instance).isPresent()) {
            change(instance, Optional.empty());
        }
    }

    /** The states have reached {@code generations}; stored once that is far enough, or if {@code exactly}. A failure is logged alone. */
    void reached(UUID instance, Marks generations, boolean exactly) {
        Optional<Marks> known = files.find(instance);
        if (known.isEmpty()) {
            return;
        }
        Marks later = known.get().orLater(generations);
        if (exactly ? !later.equals(known.get()) : known.get().farFrom(later)) {
            try {
                change(instance, Optional.of(later));
            } catch (IOException e) {
                LOG.warn("{}: the register of generations cannot be written: {}", directory, FileFailure.reason(e));
            }
        }
    }

    private void change(UUID instance, Optional<Marks> to) throws IOException {
        Batch batch;
        synchronized (this) {
            batch = gathering;
            batch.changes.put(instance, to);
        }
        writing.lock();
        try {
            if (!batch.done) {
                write(batch);
            }
        } finally {
            writing.unlock();
        }
        if (batch.failure != null) {
            throw new IOException(batch.failure.getMessage(), batch.failure);
        }
    }

    /** How many changes wait for the write that is under way. */
    synchronized int waiting() {
        return gathering.changes.size();
    }

    /** Whoever gets the lock first writes for all that wait for it. */
    private void write(Batch batch) {
        synchronized (this) {
            gathering = new Batch();
        }
        batch.done = true;
        batch.failure = new IOException("the register of generations cannot be written");
        try {
            files.store(batch.changes);
            batch.failure = null;
        } catch (IOException e) {
            batch.failure = e;
        }
    }

    /** Goes over to the first of {@code hostKeys}. */
    void reseal(List<SealingKey> hostKeys) throws IOException {
        writing.lock();
        try {
            files.reseal(hostKeys);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            files.close();
        } finally {
            writing.unlock();
        }
    }
}
