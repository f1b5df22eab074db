package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.RolledBackFileException;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.disk.GenerationRegister.Marks;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.RecordKind;
import dev.vtpmd.store.record.SlotPair;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The states of one instance, in its folder, sealed with its data key. */
final class DiskInstanceStore implements InstanceStore {
    private final InstanceFolder folder;
    private final GenerationRegister register;
    private final SealingKey dataKey;
    private final SlotPair permanentState;
    private final SlotPair volatileState;
    private final Runnable afterClose;
    private boolean closed;

    /** Takes over {@code dataKey}; {@code afterClose} is told when the store has been closed. */
    DiskInstanceStore(InstanceFolder folder, SealingKey dataKey, GenerationRegister register, Runnable afterClose) {
        this.folder = folder;
        this.register = register;
        this.dataKey = dataKey;
        this.permanentState = folder.record(RecordKind.PERMANENT, List.of(dataKey));
        this.volatileState = folder.record(RecordKind.VOLATILE, List.of(dataKey));
        this.afterClose = afterClose;
    }

    @Override
    public synchronized void commit(StateKind kind, byte[] state) throws IOException {
        record(kind).commit(state);
        register.reached(folder.uuid(), generations(), false);
    }

    @Override
    public synchronized Optional<byte[]> load(StateKind kind) throws IOException {
        return record(kind).load();
    }

    @Override
    public synchronized void delete(StateKind kind) throws IOException {
        if (kind == StateKind.PERMANENT) {
            throw new IllegalArgumentException("the permanent state goes only with its instance");
        }
        record(kind).delete();
        register.reached(folder.uuid(), generations(), false);
    }

    /**
     * Reads both states, and compares them with the register.
     *
     * @param seen is shown the permanent state
     * @throws RolledBackFileException if one of them is older than it was once
     */
    synchronized void requireCurrent(Consumer<byte[]> seen) throws IOException {
        Marks marks = register.find(folder.uuid())
                .orElseThrow(
                        () -> new RolledBackFileException(
                                folder.path(),
                                "is not registered here: an instance that was destroyed, or came from elsewhere, was put back"));
        for (StateKind kind : StateKind.values()) {
            SlotPair record = settled(kind, kind == StateKind.PERMANENT ? seen : state -> {});
            // Of a damaged slot nobody knows whether it was the newest.
            long least = record.damaged() ? marks.of(kind) - 1 : marks.of(kind);
            if (record.generation() < least) {
                throw new RolledBackFileException(
                        folder.path(),
                        "an older " + recordKind(kind).title() + " was put back: generation " + record.generation()
                                + ", and it had reached " + marks.of(kind));
            }
        }
        register.reached(folder.uuid(), generations(), true);
    }

    /** Those that are known to be durable. */
    private Marks generations() {
        return new Marks(permanentState.generation(), volatileState.generation());
    }

    /** Takes the states for current, however old they are. */
    synchronized void acceptRollback() throws IOException {
        Marks accepted = Marks.UNKNOWN;
        for (StateKind kind : StateKind.values()) {
            try {
                accepted = accepted.with(kind, settled(kind, state -> {}).generation());
            } catch (RolledBackFileException e) {
                record(kind).acceptOlderNeighbour();
                accepted = accepted.with(kind, record(kind).generation());
            }
        }
        register.put(folder.uuid(), accepted);
    }

    private SlotPair settled(StateKind kind, Consumer<byte[]> seen) throws IOException {
        Optional<byte[]> state = record(kind).load();
        if (state.isPresent()) {
            seen.accept(state.get());
            Arrays.fill(state.get(), (byte) 0);
        }
        return record(kind);
    }

    private static RecordKind recordKind(StateKind kind) {
        return kind == StateKind.PERMANENT ? RecordKind.PERMANENT : RecordKind.VOLATILE;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            register.reached(folder.uuid(), generations(), true);
        } finally {
            synchronized (this) {
                permanentState.close();
                volatileState.close();
                dataKey.close();
            }
            afterClose.run();
        }
    }

    private SlotPair record(StateKind kind) {
        if (closed) {
            throw new IllegalStateException("this store is closed");
        }
        return switch (kind) {
            case PERMANENT -> permanentState;
            case VOLATILE -> volatileState;
        };
    }
}
