package dev.vtpmd.daemon.host;

import dev.vtpmd.daemon.device.DeviceStorage;
import dev.vtpmd.daemon.device.StateRefusedException;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.WrongKeyException;

import java.io.IOException;
import java.util.Optional;

/** The storage of a device, in an {@link InstanceStore}. */
public final class StoredDeviceState implements DeviceStorage {
    private final InstanceStore store;
    private final StateLock lock;

    /** States in {@code store}, used while {@code lock} is held. */
    public StoredDeviceState(InstanceStore store, StateLock lock) {
        this.store = store;
        this.lock = lock;
    }

    @Override
    public Optional<byte[]> loadPermanent() throws IOException {
        return load(StateKind.PERMANENT);
    }

    @Override
    public void commitPermanent(byte[] state) throws IOException {
        store.commit(StateKind.PERMANENT, state);
    }

    @Override
    public Optional<byte[]> loadVolatile() throws IOException {
        return load(StateKind.VOLATILE);
    }

    @Override
    public void storeVolatile(byte[] state) throws IOException {
        store.commit(StateKind.VOLATILE, state);
    }

    @Override
    public void deleteVolatile() throws IOException {
        store.delete(StateKind.VOLATILE);
    }

    @Override
    public boolean lock() throws IOException {
        return lock.lock();
    }

    @Override
    public void unlock() throws IOException {
        lock.unlock();
    }

    private Optional<byte[]> load(StateKind kind) throws IOException {
        try {
            return store.load(kind);
        } catch (WrongKeyException e) {
            throw new StateRefusedException(ControlResult.DECRYPT_ERROR, e.getMessage());
        } catch (StateStoreException e) {
            throw new StateRefusedException(ControlResult.FAIL, e.getMessage());
        }
    }
}
