package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.DeviceStorage;
import dev.vtpmd.daemon.host.StateLock;
import dev.vtpmd.daemon.host.StoredDeviceState;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.StateStore;
import dev.vtpmd.store.export.ExportedTpm;
import dev.vtpmd.store.key.SealingKey;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is stored of one instance: its configuration, the custody of its TPM, and the TPM's states. Of an instance that awaits a
 * TPM nothing is stored until the TPM comes.
 */
final class InstanceStorage implements DeviceStorage {
    private final StateStore store;
    // Changed under the lock, and read without it: an event loop must not wait for a commit.
    private volatile InstanceConfiguration configuration;
    private volatile Custody custody;
    private volatile Optional<InstanceStore> states;
    private DeviceStorage device;

    private InstanceStorage(
            StateStore store, InstanceConfiguration configuration, Custody custody, Optional<InstanceStore> states) {
        this.store = store;
        this.configuration = configuration;
        this.custody = custody;
        this.states = states;
        states.ifPresent(opened -> device = new StoredDeviceState(opened, StateLock.none()));
    }

    /** An instance that is stored in {@code states}, which is closed with this. */
    static InstanceStorage of(
            StateStore store, InstanceConfiguration configuration, Custody custody, InstanceStore states) {
        return new InstanceStorage(store, configuration, custody, Optional.of(states));
    }

    /** An instance that awaits a TPM. */
    static InstanceStorage awaiting(StateStore store, InstanceConfiguration configuration) {
        return new InstanceStorage(store, configuration, Custody.NEW, Optional.empty());
    }

    InstanceConfiguration configuration() {
        return configuration;
    }

    Custody custody() {
        return custody;
    }

    /** Whether there is nothing stored, and a TPM is awaited. */
    boolean awaiting() {
        return states.isEmpty();
    }

    /** Notes where the TPM is, durably. */
    synchronized void custody(Custody next) throws IOException {
        if (states.isPresent()) {
            store.configure(configuration.uuid(), configuration.settings(next));
        }
        custody = next;
    }

    /** Changes who may connect, durably. */
    synchronized void clients(Clients next) throws IOException {
        configure(configuration.with(next));
    }

    /** Changes the permissions, durably. */
    synchronized void permissions(Permissions next) throws IOException {
        configure(configuration.with(next));
    }

    private void configure(InstanceConfiguration changed) throws IOException {
        if (states.isPresent()) {
            store.configure(configuration.uuid(), changed.settings(custody));
        }
        configuration = changed;
    }

    /** Changes the firmware, durably. */
    synchronized void firmware(Optional<BoundFirmware> next) throws IOException {
        InstanceConfiguration changed = configuration.with(next);
        if (states.isPresent()) {
            store.configure(configuration.uuid(), changed.settings(custody));
        }
        configuration = changed;
    }

    /** Takes in the permissions and the custody that came with a TPM, durably. */
    synchronized void arrived(Permissions permissions, Custody next) throws IOException {
        InstanceConfiguration changed = configuration.with(permissions);
        store.configure(changed.uuid(), changed.settings(next));
        configuration = changed;
        custody = next;
    }

    /** Which TPM it is that comes next, of an instance that awaits one. */
    synchronized void expect(UUID uuid, Permissions permissions, Custody next) {
        configuration = configuration.withUuid(uuid).with(permissions);
        custody = next;
    }

    /**
     * Takes this TPM out of custody, to go on elsewhere, durably.
     *
     * @param id of the handover
     */
    synchronized ExportedTpm export(UUID id) throws IOException {
        byte[] permanent = load(StateKind.PERMANENT).orElseThrow();
        Optional<byte[]> running = load(StateKind.VOLATILE);
        Map<String, String> settings = new HashMap<>();
        configuration.permissions().store(settings);
        ExportedTpm exported = new ExportedTpm(
                configuration.uuid(), configuration.name(), custody.handovers() + 1, id, settings, permanent, running);
        custody(Custody.after(exported.handover(), id, Custody.Place.EXPORTED));
        return exported;
    }

    /** Takes in the same TPM, which has been elsewhere, durably. After a crash on the way it can be done again. */
    synchronized void takeIn(ExportedTpm tpm) throws IOException {
        InstanceStore own = states.orElseThrow();
        own.commit(StateKind.PERMANENT, tpm.permanentState());
        if (tpm.volatileState().isPresent()) {
            own.commit(StateKind.VOLATILE, tpm.volatileState().get());
        } else {
            own.delete(StateKind.VOLATILE);
        }
        arrived(Permissions.of(tpm.settings()), Custody.after(tpm.handover(), tpm.id(), Custody.Place.HERE));
    }

    /** The last handover of the TPM {@code uuid} that was destroyed here, or 0. */
    long lastHandoverOfDestroyed(UUID uuid) throws IOException {
        return store.lastHandoverOfDestroyed(uuid);
    }

    /** A key that only this instance has. The caller closes it. */
    SealingKey snapshotKey() throws IOException {
        return store.derivedKey(configuration().uuid(), "vtpmd snapshot");
    }

    /** The stored state of this kind, if there is one. */
    synchronized Optional<byte[]> load(StateKind kind) throws IOException {
        return states.isPresent() ? states.get().load(kind) : Optional.empty();
    }

    @Override
    public synchronized void commitPermanent(byte[] state) throws IOException {
        if (states.isPresent()) {
            device.commitPermanent(state);
            return;
        }
        InstanceStore created = store.create(configuration.stored(custody), state);
        states = Optional.of(created);
        device = new StoredDeviceState(created, StateLock.none());
    }

    @Override
    public synchronized Optional<byte[]> loadPermanent() throws IOException {
        return device.loadPermanent();
    }

    @Override
    public synchronized Optional<byte[]> loadVolatile() throws IOException {
        return device.loadVolatile();
    }

    @Override
    public synchronized void storeVolatile(byte[] state) throws IOException {
        device.storeVolatile(state);
    }

    @Override
    public synchronized void deleteVolatile() throws IOException {
        device.deleteVolatile();
    }

    @Override
    public boolean lock() {
        // The whole state directory is locked for this process.
        return true;
    }

    @Override
    public void unlock() {}

    /** Closes the store of the states. */
    synchronized void close() {
        states.ifPresent(InstanceStore::close);
    }
}
