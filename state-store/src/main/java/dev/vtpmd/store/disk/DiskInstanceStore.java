package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.RecordKind;
import dev.vtpmd.store.record.SlotPair;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The states of one instance, in its folder, sealed with its data key. */
final class DiskInstanceStore implements InstanceStore {
    private final SealingKey dataKey;
    private final SlotPair permanentState;
    private final SlotPair volatileState;
    private final Runnable afterClose;
    private boolean closed;

    /** Takes over {@code dataKey}; {@code afterClose} is told when the store has been closed. */
    DiskInstanceStore(InstanceFolder folder, SealingKey dataKey, Runnable afterClose) {
        this.dataKey = dataKey;
        this.permanentState = folder.record(RecordKind.PERMANENT, List.of(dataKey));
        this.volatileState = folder.record(RecordKind.VOLATILE, List.of(dataKey));
        this.afterClose = afterClose;
    }

    @Override
    public synchronized void commit(StateKind kind, byte[] state) throws IOException {
        record(kind).commit(state);
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
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            permanentState.close();
            volatileState.close();
            dataKey.close();
        }
        afterClose.run();
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
