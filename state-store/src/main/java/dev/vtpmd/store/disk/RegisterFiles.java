package dev.vtpmd.store.disk;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.RolledBackFileException;
import dev.vtpmd.store.UnknownFormatException;
import dev.vtpmd.store.disk.GenerationRegister.Marks;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of the register: the whole of it, and what has changed since it was written. A change writes only the changes so far; once
 * they are many the whole is written anew, as its next edition, into both of its slots. So the cost of a change hardly grows with
 * the number of instances.
 *
 * <p>The changes name the edition that they belong to. What belongs to the one before was taken into this one. Changes are made by one
 * thread at a time; any may look.
 */
final class RegisterFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegisterFiles.class);
    private static final UUID NO_INSTANCE = new UUID(0, 0);
    private static final int VERSION_WITHOUT_CHANGES = 1;
    private static final int VERSION = 2;
    private static final int CHANGES_VERSION = 1;
    private static final int HEAD_SIZE = Short.BYTES + Long.BYTES + Integer.BYTES;
    private static final int ENTRY_SIZE = 4 * Long.BYTES;
    /** These fit in a slot of the size that it is created with. */
    private static final int FEW = 120;

    private final StateFiles files;
    private final Path directory;
    private SlotPair whole;
    private SlotPair changes;
    private long edition;
    // Whether both slots of the whole have this edition, and the changes belong to it.
    private boolean settled;
    private final Map<UUID, Marks> marks = new ConcurrentHashMap<>();
    private Map<UUID, Optional<Marks>> since = Map.of();

    RegisterFiles(StateFiles files, Path directory, List<SealingKey> hostKeys) {
        this.files = files;
        this.directory = directory;
        open(hostKeys);
    }

    private void open(List<SealingKey> hostKeys) {
        whole = new SlotPair(files, directory, RecordKind.REGISTER, NO_INSTANCE, hostKeys);
        changes = new SlotPair(files, directory, RecordKind.REGISTER_CHANGES, NO_INSTANCE, hostKeys);
    }

    /** Makes the files anew, durably. A crash before the end leaves files that are not whole. */
    void create(Map<UUID, Marks> content) throws IOException {
        edition = 1;
        take(content, Map.of());
        changes.create(Optional.empty());
        whole.create(Optional.of(encode(marks)));
        changes.create(Optional.of(encodeChanges(since)));
        files.syncDirectory(directory);
        settled = true;
    }

    /**
     * Reads the files.
     *
     * @throws DamagedFileException if they are not there or not whole
     * @throws RolledBackFileException if one of them is older than the other
     */
    void load() throws IOException {
        ByteBuffer in = ByteBuffer.wrap(whole.load().orElseThrow());
        int version = Short.toUnsignedInt(in.getShort());
        if (version == VERSION_WITHOUT_CHANGES) {
            take(decode(in), Map.of());
            addChanges();
            return;
        }
        requireVersion(version, VERSION, RecordKind.REGISTER);
        edition = in.getLong();
        take(decode(in), Map.of());
        ByteBuffer changed = ByteBuffer.wrap(changes.load().orElseThrow(this::unfinished));
        requireVersion(Short.toUnsignedInt(changed.getShort()), CHANGES_VERSION, RecordKind.REGISTER_CHANGES);
        long of = changed.getLong();
        if (of == edition) {
            since = decodeChanges(changed);
            apply(since);
            settled = true;
        } else if (of != edition - 1) {
            throw notOfOneTime(of);
        }
    }

    /** A register of a release that wrote the whole each time. Older releases refuse it from now on: they would miss the changes. */
    private void addChanges() throws IOException {
        edition = 1;
        changes.create(Optional.of(encodeChanges(since)));
        files.syncDirectory(directory);
        whole.commit(encode(marks));
        settle();
    }

    private DamagedFileException unfinished() {
        return new DamagedFileException(
                directory.resolve(RecordKind.REGISTER_CHANGES.fileName(0)), "was being made anew, which was cut off");
    }

    private IOException notOfOneTime(long of) {
        Path file = directory.resolve((of < edition ? RecordKind.REGISTER_CHANGES : RecordKind.REGISTER).fileName(0));
        // The newer whole may be the one that is damaged.
        return of > edition && whole.damaged()
                ? new DamagedFileException(file, "is damaged, and the changes beside it are of a later edition")
                : new RolledBackFileException(
                        file,
                        "is an older file that was put back: edition " + Math.min(of, edition) + ", beside edition "
                                + Math.max(of, edition));
    }

    /** The instances that are registered. */
    Set<UUID> registered() {
        return Set.copyOf(marks.keySet());
    }

    /** What is stored of an instance, or empty if it is not registered. */
    Optional<Marks> find(UUID instance) {
        return Optional.ofNullable(marks.get(instance));
    }

    /** Changes these instances, durably, or not at all; those without marks are removed. */
    void store(Map<UUID, Optional<Marks>> changed) throws IOException {
        if (!settled) {
            settle();
        }
        Map<UUID, Optional<Marks>> next = new HashMap<>(since);
        next.putAll(changed);
        if (next.size() <= most()) {
            changes.commit(encodeChanges(next));
            since = next;
            apply(changed);
        } else {
            storeWhole(changed);
        }
    }

    /** The more instances there are, the more seldom is the whole written. */
    private int most() {
        return Math.max(FEW, 2 * (int) Math.sqrt(marks.size()));
    }

    private void storeWhole(Map<UUID, Optional<Marks>> changed) throws IOException {
        Map<UUID, Marks> next = new HashMap<>(marks);
        apply(changed, next);
        edition++;
        try {
            whole.commit(encode(next));
        } catch (IOException e) {
            edition--;
            throw e;
        }
        take(next, Map.of());
        settled = false;
        try {
            settle();
        } catch (IOException e) {
            // It is durable all the same.
            LOG.warn("{}: the register of generations cannot be completed: {}", directory, FileFailure.reason(e));
        }
    }

    /** The same in both slots: damage to one of them loses no more than the last change. */
    private void settle() throws IOException {
        whole.commit(encode(marks));
        changes.commit(encodeChanges(since));
        settled = true;
    }

    /** Goes over to the first of {@code hostKeys}. */
    void reseal(List<SealingKey> hostKeys) throws IOException {
        close();
        open(hostKeys);
        whole.reseal();
        changes.reseal();
    }

    @Override
    public void close() {
        whole.close();
        changes.close();
    }

    private void take(Map<UUID, Marks> content, Map<UUID, Optional<Marks>> changed) {
        marks.keySet().retainAll(content.keySet());
        marks.putAll(content);
        since = changed;
    }

    private void apply(Map<UUID, Optional<Marks>> changed) {
        apply(changed, marks);
    }

    private static void apply(Map<UUID, Optional<Marks>> changed, Map<UUID, Marks> to) {
        changed.forEach((instance, reached) ->
                reached.ifPresentOrElse(known -> to.put(instance, known), () -> to.remove(instance)));
    }

    private byte[] encode(Map<UUID, Marks> content) {
        ByteBuffer out = ByteBuffer.allocate(HEAD_SIZE + content.size() * ENTRY_SIZE);
        out.putShort((short) VERSION).putLong(edition).putInt(content.size());
        content.forEach((instance, reached) -> put(out, instance, reached));
        return out.array();
    }

    private byte[] encodeChanges(Map<UUID, Optional<Marks>> changed) {
        ByteBuffer out = ByteBuffer.allocate(HEAD_SIZE + changed.size() * (1 + ENTRY_SIZE));
        out.putShort((short) CHANGES_VERSION).putLong(edition).putInt(changed.size());
        changed.forEach((instance, reached) -> {
            out.put((byte) (reached.isPresent() ? 1 : 0));
            put(out, instance, reached.orElse(Marks.UNKNOWN));
        });
        return out.array();
    }

    private static void put(ByteBuffer out, UUID instance, Marks reached) {
        out.putLong(instance.getMostSignificantBits())
                .putLong(instance.getLeastSignificantBits())
                .putLong(reached.permanentState())
                .putLong(reached.volatileState());
    }

    private static Map<UUID, Marks> decode(ByteBuffer in) {
        Map<UUID, Marks> read = new HashMap<>();
        for (int count = in.getInt(); count > 0; count--) {
            read.put(instance(in), reached(in));
        }
        return read;
    }

    private static Map<UUID, Optional<Marks>> decodeChanges(ByteBuffer in) {
        Map<UUID, Optional<Marks>> read = new HashMap<>();
        for (int count = in.getInt(); count > 0; count--) {
            boolean registered = in.get() != 0;
            UUID instance = instance(in);
            Marks reached = reached(in);
            read.put(instance, registered ? Optional.of(reached) : Optional.empty());
        }
        return read;
    }

    private static UUID instance(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static Marks reached(ByteBuffer in) {
        return new Marks(in.getLong(), in.getLong());
    }

    private void requireVersion(int found, int known, RecordKind kind) throws UnknownFormatException {
        if (found != known) {
            throw new UnknownFormatException(
                    directory.resolve(kind.fileName(0)),
                    "has a content of version " + found + ", and this release knows version " + known);
        }
    }
}
