package dev.vtpmd.store.disk;

import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.UnknownFormatException;
import dev.vtpmd.store.file.FileFailure;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.RecordKind;
import dev.vtpmd.store.record.SlotPair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which instances there are, and a generation that each state of theirs is known to have reached. It lies beside the instances and
 * is sealed with the host key. A state that is older than its mark, or an instance without one, has been put back.
 *
 * <p>A mark is never ahead of what is durable: it is stored after the generation that it names. It is behind by less than
 * {@value #INTERVAL} generations while an instance is open, so that commits need not wait for it, and exact once it was closed.
 */
final class GenerationRegister implements AutoCloseable {
    /** After how many generations a mark is stored anew. */
    static final int INTERVAL = 64;

    private static final Logger LOG = LoggerFactory.getLogger(GenerationRegister.class);
    private static final UUID NO_INSTANCE = new UUID(0, 0);
    private static final int VERSION = 1;
    private static final int ENTRY_SIZE = 4 * Long.BYTES;

    private final StateFiles files;
    private final Path directory;
    private SlotPair record;
    private Map<UUID, Marks> marks = new TreeMap<>();

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
    }

    GenerationRegister(StateFiles files, Path directory, List<SealingKey> hostKeys) {
        this.files = files;
        this.directory = directory;
        this.record = new SlotPair(files, directory, RecordKind.REGISTER, NO_INSTANCE, hostKeys);
    }

    /** Makes the register of these instances, whose generations are not known. The caller syncs the directory. */
    synchronized void create(List<UUID> instances) throws IOException {
        instances.forEach(instance -> marks.put(instance, Marks.UNKNOWN));
        record.create(Optional.of(encode()));
    }

    /**
     * Reads the register, and forgets the instances that are not among {@code present}: their creation or removal was cut off.
     *
     * @throws dev.vtpmd.store.DamagedFileException if there is none, as in a directory that an older release has made
     */
    synchronized void load(List<UUID> present) throws IOException {
        marks = decode(record.load().orElseThrow());
        if (marks.keySet().retainAll(present)) {
            store();
        }
    }

    /** What is known of an instance, or empty if it is not registered. */
    synchronized Optional<Marks> find(UUID instance) {
        return Optional.ofNullable(marks.get(instance));
    }

    /** Sets the marks of an instance, durably. */
    synchronized void put(UUID instance, Marks reached) throws IOException {
        if (!reached.equals(marks.put(instance, reached))) {
            store();
        }
    }

    /** Removes an instance, durably. */
    synchronized void remove(UUID instance) throws IOException {
        if (marks.remove(instance) != null) {
            store();
        }
    }

    /** A state has reached {@code generation}; stored once it is far enough, or if {@code exactly}. A failure is logged alone. */
    synchronized void reached(UUID instance, StateKind kind, long generation, boolean exactly) {
        Marks known = marks.get(instance);
        if (known == null || generation <= known.of(kind)) {
            return;
        }
        if (exactly || generation - known.of(kind) >= INTERVAL) {
            try {
                put(instance, known.with(kind, generation));
            } catch (IOException e) {
                marks.put(instance, known);
                LOG.warn("{}: the register of generations cannot be written: {}", directory, FileFailure.reason(e));
            }
        }
    }

    /** Goes over to the first of {@code hostKeys}. */
    synchronized void reseal(List<SealingKey> hostKeys) throws IOException {
        record.close();
        record = new SlotPair(files, directory, RecordKind.REGISTER, NO_INSTANCE, hostKeys);
        record.reseal();
    }

    @Override
    public synchronized void close() {
        record.close();
    }

    private void store() throws IOException {
        record.commit(encode());
    }

    private byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(Short.BYTES + Integer.BYTES + marks.size() * ENTRY_SIZE);
        out.putShort((short) VERSION).putInt(marks.size());
        marks.forEach((instance, reached) -> out.putLong(instance.getMostSignificantBits())
                .putLong(instance.getLeastSignificantBits())
                .putLong(reached.permanentState())
                .putLong(reached.volatileState()));
        return out.array();
    }

    private Map<UUID, Marks> decode(byte[] content) throws UnknownFormatException {
        ByteBuffer in = ByteBuffer.wrap(content);
        int version = Short.toUnsignedInt(in.getShort());
        if (version != VERSION) {
            throw new UnknownFormatException(
                    directory.resolve(RecordKind.REGISTER.fileName(0)),
                    "has a content of version " + version + ", and this release knows version " + VERSION);
        }
        Map<UUID, Marks> read = new TreeMap<>();
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            read.put(new UUID(in.getLong(), in.getLong()), new Marks(in.getLong(), in.getLong()));
        }
        return read;
    }
}
