package dev.vtpmd.engine.object;

import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Objects that commands can refer to: the transient ones in their slots, and the persistent ones (Part 1, 15.4 and 37.3). A
 * persistent object takes a transient slot while a command uses it, as in a TPM whose objects work from RAM only.
 */
public final class ObjectTable {
    /** First transient handle; slot n has the n-th after it. */
    public static final int FIRST_TRANSIENT = 0x80000000;
    /** TPM_PT_HR_TRANSIENT_MIN: number of transient slots. */
    public static final int SLOTS = 3;
    /** First handle of persistent objects that the platform owns. */
    public static final int FIRST_PLATFORM_PERSISTENT = 0x81800000;
    /** Number of persistent objects that there is room for. */
    public static final int PERSISTENT_MAXIMUM = 64;

    private final Orderly orderly;
    private final LoadedObject[] slots = new LoadedObject[SLOTS];
    private TreeMap<Integer, TpmObject> persistent = new TreeMap<>(Integer::compareUnsigned);
    private int borrowed;
    private long contextNumber;

    /** An empty table. */
    public ObjectTable(Orderly orderly) {
        this.orderly = orderly;
    }

    /** The transient object with this handle, or null. */
    public LoadedObject transientObject(int handle) {
        int slot = handle - FIRST_TRANSIENT;
        return slot >= 0 && slot < SLOTS ? slots[slot] : null;
    }

    /** The persistent object with this handle, or null. */
    public TpmObject persistentObject(int handle) {
        return persistent.get(handle);
    }

    /** Number of slots that are free. */
    public int freeSlots() {
        int free = -borrowed;
        for (LoadedObject object : slots) {
            if (object == null) {
                free++;
            }
        }
        return free;
    }

    /**
     * Takes a slot for a persistent object for the time of one command.
     *
     * @throws TpmException TPM_RC_OBJECT_MEMORY if all are in use
     */
    public void borrowSlot() {
        requireSlot();
        borrowed++;
    }

    /** The command that borrowed slots has ended. */
    public void returnSlots() {
        borrowed = 0;
    }

    /** Throws TPM_RC_OBJECT_MEMORY unless a slot is free. */
    public void requireSlot() {
        if (freeSlots() <= 0) {
            throw TpmException.of(TpmRc.OBJECT_MEMORY);
        }
    }

    /**
     * Puts an object into the lowest free slot and gives its handle.
     *
     * @throws TpmException TPM_RC_OBJECT_MEMORY if all are in use
     */
    public int add(LoadedObject object) {
        requireSlot();
        int slot = 0;
        while (slots[slot] != null) {
            slot++;
        }
        slots[slot] = object;
        return FIRST_TRANSIENT + slot;
    }

    /** Removes a transient object and overwrites its secrets. */
    public void flush(int handle) {
        int slot = handle - FIRST_TRANSIENT;
        slots[slot].wipe();
        slots[slot] = null;
    }

    /** Removes a transient object, but leaves it intact for the caller. */
    public LoadedObject remove(int handle) {
        int slot = handle - FIRST_TRANSIENT;
        LoadedObject object = slots[slot];
        slots[slot] = null;
        return object;
    }

    /** Removes all transient objects. */
    public void flushAll() {
        flushIf(hierarchy -> true);
    }

    /** Removes the transient objects of the hierarchies that {@code hierarchy} accepts. */
    public void flushIf(IntPredicate hierarchy) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slots[slot] != null && hierarchy.test(slots[slot].hierarchy())) {
                flush(FIRST_TRANSIENT + slot);
            }
        }
    }

    /** What TPM2_Startup does to the objects (Part 3, 9.3): the transient ones end. */
    public void startup(StartupKind kind) {
        flushAll();
        if (kind == StartupKind.RESET) {
            contextNumber = 0;
        }
    }

    /** The sequence number for the next saved context of an object; from 1 after a TPM Reset. */
    public long nextContextNumber() {
        contextNumber++;
        orderly.savedStateChanged();
        return contextNumber;
    }

    /** Stores {@code object} for good under {@code handle}, which is free. */
    public void makePersistent(int handle, TpmObject object) {
        persistent.put(handle, object.withPersistentHandle(handle));
        orderly.bookkeepingChanged();
    }

    /** Deletes a persistent object. */
    public void evict(int handle) {
        persistent.remove(handle);
        orderly.bookkeepingChanged();
    }

    /** Deletes the persistent objects of the hierarchies that {@code hierarchy} accepts. */
    public void evictIf(IntPredicate hierarchy) {
        if (persistent.values().removeIf(object -> hierarchy.test(object.hierarchy()))) {
            orderly.permanentStateChanged();
        }
    }

    /** Handles of the occupied transient slots, ascending. */
    public List<Integer> transientHandles() {
        return IntStream.range(0, SLOTS)
                .filter(slot -> slots[slot] != null)
                .mapToObj(slot -> FIRST_TRANSIENT + slot)
                .toList();
    }

    /** Handles of the persistent objects, ascending. */
    public List<Integer> persistentHandles() {
        return List.copyOf(persistent.keySet());
    }

    /** Stores the persistent objects. */
    public void writePermanent(TpmWriter out) {
        out.u32(persistent.size());
        persistent.values().forEach(object -> object.write(out));
    }

    /** Restores what {@link #writePermanent} stored. */
    public void readPermanent(TpmReader in) {
        TreeMap<Integer, TpmObject> objects = new TreeMap<>(Integer::compareUnsigned);
        int count = in.u32();
        for (int i = 0; i < count; i++) {
            TpmObject object = TpmObject.read(in);
            objects.put(object.persistentHandle(), object);
        }
        persistent = objects;
    }

    /** Stores what lasts until the next TPM Reset. */
    public void writeContextNumber(TpmWriter out) {
        out.u64(contextNumber);
    }

    /** Restores what {@link #writeContextNumber} stored. */
    public void readContextNumber(TpmReader in) {
        contextNumber = in.u64();
    }

    /** Stores the transient objects. */
    public void writeVolatile(TpmWriter out) {
        for (LoadedObject object : slots) {
            switch (object) {
                case null -> out.u8(0);
                case TpmObject key -> {
                    out.u8(1);
                    key.write(out);
                }
                case SequenceObject sequence -> {
                    out.u8(2);
                    sequence.write(out);
                }
            }
        }
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        for (int slot = 0; slot < SLOTS; slot++) {
            slots[slot] = switch (in.u8()) {
                case 0 -> null;
                case 1 -> TpmObject.read(in);
                default -> SequenceObject.read(in);
            };
        }
    }
}
