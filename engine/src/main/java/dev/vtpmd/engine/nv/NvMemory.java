package dev.vtpmd.engine.nv;

import dev.vtpmd.engine.hierarchy.Hierarchies;
import dev.vtpmd.engine.object.Names;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmNt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The NV indices (Part 1, 37). An index with TPMA_NV_ORDERLY lives in RAM: what is stored of it is what it was at the last
 * TPM2_Shutdown, at its definition, or where {@link #put} says so.
 */
public final class NvMemory {
    /** TPM_PT_NV_INDEX_MAX: the largest data of an index, in bytes. */
    public static final int LARGEST_INDEX = 2048;
    /** TPM_PT_NV_BUFFER_MAX: the most data that one command writes or reads, in bytes. */
    public static final int LARGEST_TRANSFER = 1024;
    /** Room for the data of indices, in bytes; each index counts {@value #INDEX_OVERHEAD} more. */
    public static final int CAPACITY = 128 * 1024;

    private static final int INDEX_OVERHEAD = 192;
    /** TPM_PT_ORDERLY_COUNT: an orderly counter is stored each time its low bits are zero (Part 1, 37.7.3). */
    private static final long ORDERLY_COUNT = 0xFF;

    private final Orderly orderly;
    private final Names names;
    private final Hierarchies hierarchies;
    private NavigableMap<Integer, NvIndex> indices = new TreeMap<>();
    private TreeMap<Integer, NvIndex> storedOrderly = new TreeMap<>();
    private long largestDeletedCounter;

    /** No indices. */
    public NvMemory(Names names, Hierarchies hierarchies, Orderly orderly) {
        this.names = names;
        this.hierarchies = hierarchies;
        this.orderly = orderly;
    }

    /** The index with this handle, or null if it is not defined. */
    public NvIndex find(int handle) {
        return indices.get(handle);
    }

    /**
     * Whether the index can be seen: an index that the platform created while phEnableNV is SET, another while shEnable is
     * (Part 1, 37.2.6).
     */
    public boolean visible(NvIndex index) {
        return hierarchies.enabled(index.attributes().platformCreate() ? TpmRh.PLATFORM_NV : TpmRh.OWNER);
    }

    /** All indices, by ascending handle. */
    public Collection<NvIndex> all() {
        return indices.values();
    }

    /** Handles of all indices, ascending. */
    public List<Integer> handles() {
        return List.copyOf(indices.keySet());
    }

    /** The Name: nameAlg and digest of the public area as it is now (Part 1, 16). */
    public Tpm2b name(NvIndex index) {
        return names.of(index.publicArea().nameAlg(), index.publicArea()::write);
    }

    /**
     * Adds an index.
     *
     * @throws TpmException TPM_RC_NV_SPACE if there is no room for it
     */
    public void define(NvIndex index) {
        if (footprint(index) > free()) {
            throw TpmException.of(TpmRc.NV_SPACE);
        }
        indices.put(index.handle(), index);
        saveOrderly();
        orderly.bookkeepingChanged();
    }

    /** Room that is left for indices, in bytes. */
    public int free() {
        return CAPACITY
                - indices.values().stream().mapToInt(NvMemory::footprint).sum();
    }

    /** Removes an index. The value of a counter is remembered: no later counter starts below it (Part 1, 37.2.4.2). */
    public void undefine(NvIndex index) {
        if (index.type() == TpmNt.COUNTER && index.attributes().written()) {
            largestDeletedCounter = Math.max(largestDeletedCounter, index.number());
        }
        indices.remove(index.handle());
        saveOrderly();
        orderly.bookkeepingChanged();
    }

    /** Removes the indices that {@code condition} accepts. */
    public void undefineIf(Predicate<NvIndex> condition) {
        indices.values().stream().filter(condition).toList().forEach(this::undefine);
    }

    /** The value that a counter gets by its first increment. */
    public long firstCount() {
        return largestDeletedCounter + 1;
    }

    /**
     * Puts an index in the place of the one with the same handle. It is stored, unless it is an orderly one; of an orderly
     * counter the first value and each multiple of 256 are stored.
     */
    public void put(NvIndex index) {
        NvIndex before = indices.put(index.handle(), index);
        if (!index.attributes().orderly()) {
            orderly.bookkeepingChanged();
        } else if (index.type() == TpmNt.COUNTER && storesCount(before, index)) {
            saveOrderly();
            orderly.permanentStateChanged();
        } else {
            orderly.savedStateChanged();
        }
    }

    /** Takes the orderly indices as they are now for what is stored of them: TPM2_Shutdown. */
    public void saveOrderly() {
        storedOrderly = new TreeMap<>();
        for (NvIndex index : indices.values()) {
            if (index.attributes().orderly()) {
                storedOrderly.put(index.handle(), index);
            }
        }
    }

    /** What TPM2_Startup does to the indices (Part 3, 9.3; Part 1, 37.2.7), given how the TPM was shut down. */
    public void startup(StartupKind kind, ShutdownKind shutdown) {
        if (kind == StartupKind.RESUME) {
            return;
        }
        for (NvIndex index : List.copyOf(indices.values())) {
            NvIndex started = started(index, kind);
            if (shutdown == ShutdownKind.NONE
                    && started.attributes().orderly()
                    && started.type() == TpmNt.COUNTER
                    && started.attributes().written()) {
                started = started.written(started.number() | ORDERLY_COUNT);
            }
            indices.put(index.handle(), started);
        }
        saveOrderly();
    }

    /** Stores all indices, the orderly ones as they were last saved. */
    public void writePermanent(TpmWriter out) {
        out.u64(largestDeletedCounter);
        out.u32(indices.size());
        for (NvIndex index : indices.values()) {
            storedOrderly.getOrDefault(index.handle(), index).write(out);
        }
    }

    /** Restores what {@link #writePermanent} stored. */
    public void readPermanent(TpmReader in) {
        largestDeletedCounter = in.u64();
        indices = readIndices(in);
        saveOrderly();
    }

    /** Stores the orderly indices as they are now. */
    public void writeVolatile(TpmWriter out) {
        List<NvIndex> inRam = indices.values().stream()
                .filter(index -> index.attributes().orderly())
                .toList();
        out.u32(inRam.size());
        inRam.forEach(index -> index.write(out));
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        indices.putAll(readIndices(in));
    }

    /** Overwrites authValues and data. */
    public void wipe() {
        for (NvIndex index : indices.values()) {
            index.authValue().wipe();
            index.data().wipe();
        }
    }

    private static NvIndex started(NvIndex index, StartupKind kind) {
        TpmaNv attributes = index.attributes().without(TpmaNv.READ_LOCKED);
        boolean forgets = attributes.clearStClear() || (attributes.orderly() && kind == StartupKind.RESET);
        if (forgets && index.type() != TpmNt.COUNTER) {
            attributes = attributes.without(TpmaNv.WRITTEN);
        }
        if (!attributes.written() || !attributes.writeDefine()) {
            attributes = attributes.without(TpmaNv.WRITE_LOCKED);
        }
        return index.withAttributes(attributes);
    }

    private static boolean storesCount(NvIndex before, NvIndex after) {
        return !before.attributes().written() || (after.number() & ORDERLY_COUNT) == 0;
    }

    private static int footprint(NvIndex index) {
        return INDEX_OVERHEAD + index.data().size();
    }

    private static NavigableMap<Integer, NvIndex> readIndices(TpmReader in) {
        NavigableMap<Integer, NvIndex> read = new TreeMap<>();
        int count = in.u32();
        for (int i = 0; i < count; i++) {
            NvIndex index = NvIndex.read(in);
            read.put(index.handle(), index);
        }
        return read;
    }
}
