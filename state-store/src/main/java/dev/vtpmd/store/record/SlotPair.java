package dev.vtpmd.store.record;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.RolledBackFileException;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.file.FileFailure;
import dev.vtpmd.store.file.StateFile;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One record that can be replaced atomically. It has two files, its slots: generation {@code n} is written into slot
 * {@code n mod 2}, over generation {@code n - 2}, while {@code n - 1} stays untouched in the other one. So a commit takes
 * one write and one sync, and changes neither the directory nor, as a rule, the size of a file. A crash in the middle leaves
 * a damaged slot, and the generation before it is in force.
 *
 * <p>Both slots hold a record from the beginning, so a slot that holds none is always damaged, never merely new.
 */
public final class SlotPair implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotPair.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    // Room to grow in steps: a state grows with each NV index or persistent object by a few hundred bytes.
    private static final int CAPACITY_STEP = 8192;
    private static final int BLOCK = 4096;

    private final StateFiles files;
    private final Path folder;
    private final RecordKind kind;
    private final UUID instance;
    private final List<SealingKey> keys;

    private final StateFile[] open = new StateFile[2];
    // How many bytes at the beginning of each slot may be other than zero.
    private final int[] extent = {Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final boolean[] missing = new boolean[2];
    private long generation;
    private boolean damaged;

    /**
     * The record of {@code kind} in {@code folder}, of {@code instance}. It may be sealed with any of {@code keys}, and is
     * from now on sealed with the first.
     */
    public SlotPair(StateFiles files, Path folder, RecordKind kind, UUID instance, List<SealingKey> keys) {
        this.files = files;
        this.folder = folder;
        this.kind = kind;
        this.instance = instance;
        this.keys = List.copyOf(keys);
    }

    /**
     * Writes the first two generations, both with the same content (none if {@code content} is empty). The files are durable
     * when this returns, their names are not: the caller syncs the folder.
     */
    public void create(Optional<byte[]> content) throws IOException {
        for (int i = 0; i < 2; i++) {
            put(content);
        }
    }

    /**
     * The content in force, or empty if it was deleted. The first call decides which generation that is: the newest that is
     * intact, with a logged warning if the other slot is damaged.
     *
     * @throws StateStoreException if no slot is intact, or one is foreign, of an unknown format or sealed with another key
     */
    public Optional<byte[]> load() throws IOException {
        if (generation != 0) {
            return read((int) (generation & 1)).content();
        }
        SealedRecord newest = newest();
        int slot = (int) (newest.generation() & 1);
        // After a crash of the process alone, the newest may so far be in the page cache only. Nobody may act on it
        // before it
        // is durable.
        try {
            file(slot).sync();
        } finally {
            closeFile(slot);
        }
        generation = newest.generation();
        return newest.content();
    }

    /** Makes {@code content} the next generation. When this throws, the generation before it stays in force. */
    public void commit(byte[] content) throws IOException {
        settle();
        put(Optional.of(content));
    }

    /** Deletes the content, in both slots: damage to one of them must not bring it back. */
    public void delete() throws IOException {
        if (load().isPresent()) {
            put(Optional.empty());
            put(Optional.empty());
        }
    }

    /** Seals the content with the first of the keys, in both slots. The content stays the same. */
    public void reseal() throws IOException {
        Optional<byte[]> content = load();
        put(content);
        put(content);
        content.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    }

    /** The generation in force; 0 before the first {@link #load} or {@link #commit}. */
    public long generation() {
        return generation;
    }

    /** Whether {@link #load} found one slot damaged, so the generation after the one in force may have been lost. */
    public boolean damaged() {
        return damaged;
    }

    /**
     * Takes the newer slot for the one in force although the other is no neighbour of it, and brings that one up to it. For an
     * operator who has been told.
     */
    public void acceptOlderNeighbour() throws IOException {
        SealedRecord[] intact = {read(0), read(1)};
        int newest = intact[0].generation() > intact[1].generation() ? 0 : 1;
        generation = intact[newest].generation();
        put(intact[newest].content());
    }

    /** Closes the files. */
    @Override
    public void close() {
        closeFile(0);
        closeFile(1);
    }

    private void settle() throws IOException {
        if (generation == 0) {
            load().ifPresent(content -> Arrays.fill(content, (byte) 0));
        }
    }

    private void put(Optional<byte[]> content) throws IOException {
        long next = generation + 1;
        int slot = (int) (next & 1);
        try {
            write(slot, next, content);
        } catch (IOException e) {
            invalidate(slot);
            throw new IOException(
                    folder.resolve(kind.fileName(slot)) + ": cannot be written: " + FileFailure.reason(e), e);
        } finally {
            // Most TPMs write seldom, and a host may have thousands of them: none keeps a file open in between.
            closeFile(slot);
        }
        generation = next;
    }

    private void write(int slot, long next, Optional<byte[]> content) throws IOException {
        StateFile file = usableFile(slot);
        SealingKey key = keys.getFirst();
        byte[] plaintext = content.orElse(new byte[0]);
        int recordExtent = SealedRecord.extent(plaintext.length);
        int size = (int) file.size();
        int capacity = capacity(recordExtent, size);
        RecordHeader header = new RecordHeader(
                kind, content.isEmpty(), instance, next, key.id(), plaintext.length, capacity, nonce());
        byte[] record = SealedRecord.encode(header, plaintext, key);
        // Zeros over what was longer before; the whole file when it grows or what it holds is not known.
        int length = size == capacity ? Math.min(capacity, Math.max(recordExtent, extent[slot])) : capacity;
        extent[slot] = Integer.MAX_VALUE;
        file.writeFully(Arrays.copyOf(record, length), 0);
        file.sync();
        if (missing[slot]) {
            files.syncDirectory(folder);
            missing[slot] = false;
        }
        extent[slot] = recordExtent;
    }

    /** The slot's file; in place of one that something has blown up beyond use, a new one. */
    private StateFile usableFile(int slot) throws IOException {
        StateFile file = file(slot);
        if (file.size() <= SealedRecord.MAXIMUM_FILE_SIZE) {
            return file;
        }
        closeFile(slot);
        files.delete(folder.resolve(kind.fileName(slot)));
        missing[slot] = true;
        return file(slot);
    }

    private int capacity(int recordExtent, int size) throws IOException {
        if (recordExtent > SealedRecord.MAXIMUM_FILE_SIZE) {
            throw new IOException("a record of " + recordExtent + " bytes is too large");
        }
        int wanted =
                recordExtent <= kind.initialCapacity() ? kind.initialCapacity() : roundUp(recordExtent, CAPACITY_STEP);
        return Math.max(wanted, roundUp(size, BLOCK));
    }

    private static int roundUp(int value, int step) {
        return Math.ceilDiv(value, step) * step;
    }

    /**
     * A random nonce. Each data key seals the few records of one instance, the host key one record per instance: far below
     * the 2^32 records per key up to which SP 800-38D, 8.3, allows random 96-bit nonces. A counter would be no better: it
     * repeats when an old copy of the files is put back, or when a write is lost in a crash.
     */
    private static byte[] nonce() {
        byte[] nonce = new byte[SealingKey.NONCE_SIZE];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    /** After a failed write: what was written of it may be whole, and must not come into force with a later start. */
    private void invalidate(int slot) {
        try {
            StateFile file = file(slot);
            if (file.size() > 0) {
                file.writeFully(new byte[RecordHeader.SIZE], 0);
                file.sync();
            }
        } catch (IOException e) {
            LOG.warn(
                    "{}: a failed write cannot be undone: {}",
                    folder.resolve(kind.fileName(slot)),
                    FileFailure.reason(e));
        }
        closeFile(slot);
    }

    private SealedRecord newest() throws IOException {
        SealedRecord[] intact = new SealedRecord[2];
        DamagedFileException[] damage = new DamagedFileException[2];
        for (int slot = 0; slot < 2; slot++) {
            try {
                intact[slot] = read(slot);
                extent[slot] = intact[slot].extent();
            } catch (DamagedFileException e) {
                damage[slot] = e;
            }
        }
        if (intact[0] == null && intact[1] == null) {
            throw new DamagedFileException(
                    damage[0].file(),
                    damage[0].reason() + "; " + damage[1].file().getFileName() + " " + damage[1].reason());
        }
        if (intact[0] == null || intact[1] == null) {
            int bad = intact[0] == null ? 0 : 1;
            damaged = true;
            LOG.warn(
                    "{}; going on with {}, generation {}",
                    damage[bad].getMessage(),
                    kind.fileName(1 - bad),
                    intact[1 - bad].generation());
            return intact[1 - bad];
        }
        return newer(intact);
    }

    private SealedRecord newer(SealedRecord[] intact) throws RolledBackFileException {
        long distance = intact[1].generation() - intact[0].generation();
        if (Math.abs(distance) != 1) {
            int old = distance > 0 ? 0 : 1;
            throw new RolledBackFileException(
                    folder.resolve(kind.fileName(old)),
                    "is an older file that was put back: generation " + intact[old].generation()
                            + ", beside generation " + intact[1 - old].generation());
        }
        return distance > 0 ? intact[1] : intact[0];
    }

    private SealedRecord read(int slot) throws IOException {
        Path file = folder.resolve(kind.fileName(slot));
        byte[] bytes;
        try {
            bytes = files.read(file, SealedRecord.MAXIMUM_FILE_SIZE);
        } catch (NoSuchFileException e) {
            missing[slot] = true;
            throw new DamagedFileException(file, "is missing");
        }
        return SealedRecord.decode(file, bytes, kind, instance, slot, keys);
    }

    private StateFile file(int slot) throws IOException {
        if (open[slot] == null) {
            open[slot] = files.open(folder.resolve(kind.fileName(slot)));
        }
        return open[slot];
    }

    private void closeFile(int slot) {
        if (open[slot] != null) {
            try {
                open[slot].close();
            } catch (IOException e) {
                LOG.debug("{}: {}", folder.resolve(kind.fileName(slot)), FileFailure.reason(e));
            }
            open[slot] = null;
        }
    }
}
