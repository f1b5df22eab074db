package dev.vtpmd.store.disk;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.ForeignFileException;
import dev.vtpmd.store.HostKeyProgress;
import dev.vtpmd.store.InstanceExistsException;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.NoSuchInstanceException;
import dev.vtpmd.store.StateStore;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.disk.GenerationRegister.Marks;
import dev.vtpmd.store.file.DirectoryLock;
import dev.vtpmd.store.file.DiskFiles;
import dev.vtpmd.store.file.FileFailure;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.SlotPair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** A state directory, held by this process. {@code docs/state-format.md} describes what is in it. */
public final class DiskStateStore implements StateStore {
    private static final Logger LOG = LoggerFactory.getLogger(DiskStateStore.class);
    private static final String LOCK = "lock";

    private final StateDirectory directory;
    private final DirectoryLock lock;
    private final HostKeys hostKeys;
    private GenerationRegister register;
    private final Map<UUID, InstanceInfo> infos = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<UUID, StateStoreException> unreadable = new ConcurrentSkipListMap<>();
    private final Map<UUID, InstanceStore> open = new HashMap<>();
    // Of instances that have been read and not been opened since: at the start of a service with many, to read them
    // twice takes long.
    private final Map<UUID, SealingKey> dataKeys = new HashMap<>();

    private DiskStateStore(StateDirectory directory, DirectoryLock lock, HostKeys hostKeys) {
        this.directory = directory;
        this.lock = lock;
        this.hostKeys = hostKeys;
    }

    /**
     * Opens a state directory, or makes a new one of a directory that is empty or not there yet.
     *
     * @throws dev.vtpmd.store.DirectoryInUseException if another process holds it
     * @throws ForeignFileException if it is none, and there is something else in it
     * @throws dev.vtpmd.store.WrongKeyException if it is sealed with another host key
     * @throws StateStoreException if the host key or the directory cannot be used; nothing has been changed then
     */
    public static DiskStateStore open(Path directory, HostKeySource hostKey) throws IOException {
        return open(directory, hostKey, new DiskFiles());
    }

    /** As {@link #open(Path, HostKeySource)}, with the given file layer. */
    public static DiskStateStore open(Path path, HostKeySource hostKey, StateFiles files) throws IOException {
        StateDirectory directory = StateDirectory.at(path, files);
        DirectoryLock lock =
                DirectoryLock.acquire(directory.path(), LOCK, PosixFilePermissions.fromString("rw-------"));
        SealingKey given;
        try {
            given = hostKey.load(files, directory.path(), !directory.initialised());
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
        DiskStateStore store = new DiskStateStore(directory, lock, new HostKeys(directory, given));
        try {
            store.start();
            return store;
        } catch (IOException | RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    @Override
    public synchronized InstanceStore create(InstanceInfo info, byte[] permanentState, Optional<byte[]> volatileState)
            throws IOException {
        if (infos.containsKey(info.uuid()) || unreadable.containsKey(info.uuid())) {
            throw new InstanceExistsException(directory.path(), info.uuid().toString());
        }
        if (names.contains(info.name())) {
            throw new InstanceExistsException(directory.path(), "'" + info.name() + "'");
        }
        InstanceFolder folder = directory.folder(info.uuid());
        // Registered first: after a crash an instance that is not would be taken for one that was put back.
        register.put(info.uuid(), Marks.UNKNOWN);
        SealingKey dataKey;
        try {
            dataKey = folder.create(info, permanentState, volatileState, hostKeys.all());
        } catch (IOException e) {
            forgetFailed(info.uuid(), e);
            throw e;
        }
        infos.put(info.uuid(), info);
        names.add(info.name());
        return opened(folder, dataKey, info.uuid());
    }

    @Override
    public InstanceStore open(UUID uuid, Consumer<byte[]> seen) throws IOException {
        DiskInstanceStore store;
        synchronized (this) {
            requireInstance(uuid);
            requireNotOpen(uuid);
            InstanceFolder folder = directory.folder(uuid);
            SealingKey known = dataKeys.remove(uuid);
            store = opened(folder, known == null ? folder.dataKey(hostKeys.all()) : known, uuid);
        }
        // Several instances at a time: what takes long is to wait for the disk.
        try {
            store.requireCurrent(seen);
            return store;
        } catch (IOException | RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    @Override
    public synchronized void acceptRollback(UUID uuid) throws IOException {
        requireInstance(uuid);
        requireNotOpen(uuid);
        InstanceFolder folder = directory.folder(uuid);
        try (DiskInstanceStore store = opened(folder, folder.dataKey(hostKeys.all()), uuid)) {
            store.acceptRollback();
        }
    }

    @Override
    public synchronized List<InstanceInfo> list() {
        return infos.values().stream()
                .sorted(Comparator.comparing(InstanceInfo::name))
                .toList();
    }

    @Override
    public synchronized Optional<InstanceInfo> info(UUID uuid) {
        return Optional.ofNullable(infos.get(uuid));
    }

    /** Not synchronized: whoever looks does not wait for whoever writes. */
    @Override
    public Map<UUID, StateStoreException> unreadable() {
        return new TreeMap<>(unreadable);
    }

    @Override
    public synchronized void configure(UUID uuid, Map<String, String> settings) throws IOException {
        requireInstance(uuid);
        InstanceInfo info = infos.get(uuid).withSettings(settings);
        directory.folder(uuid).describe(info, hostKeys.all());
        infos.put(uuid, info);
    }

    @Override
    public synchronized SealingKey derivedKey(UUID uuid, String purpose) throws IOException {
        requireInstance(uuid);
        try (SealingKey dataKey = directory.folder(uuid).dataKey(hostKeys.all())) {
            return dataKey.derive(purpose);
        }
    }

    @Override
    public synchronized void destroy(UUID uuid) throws IOException {
        if (!unreadable.containsKey(uuid)) {
            requireInstance(uuid);
        }
        requireNotOpen(uuid);
        directory.folder(uuid).destroy();
        SealingKey dataKey = dataKeys.remove(uuid);
        if (dataKey != null) {
            dataKey.close();
        }
        register.remove(uuid);
        InstanceInfo removed = infos.remove(uuid);
        if (removed != null) {
            names.remove(removed.name());
        }
        unreadable.remove(uuid);
    }

    @Override
    public synchronized void destroyedAfter(UUID uuid, long handover) throws IOException {
        directory.destroyedTpms().add(uuid, handover);
    }

    @Override
    public synchronized long lastHandoverOfDestroyed(UUID uuid) throws IOException {
        return directory.destroyedTpms().handover(uuid);
    }

    @Override
    public synchronized Optional<byte[]> authority() throws IOException {
        return directory.authority().load(hostKeys.all());
    }

    @Override
    public synchronized void keepAuthority(byte[] content) throws IOException {
        directory.authority().store(content, hostKeys.current());
    }

    @Override
    public synchronized void changeHostKey(HostKeySource source) throws IOException {
        for (UUID uuid : List.copyOf(unreadable.keySet())) {
            requireInstance(uuid);
        }
        hostKeys.change(source, register);
    }

    @Override
    public HostKeyProgress hostKeyProgress() {
        return hostKeys.progress();
    }

    @Override
    public void close() {
        List<InstanceStore> stillOpen;
        synchronized (this) {
            stillOpen = new ArrayList<>(open.values());
        }
        stillOpen.forEach(InstanceStore::close);
        synchronized (this) {
            if (register != null) {
                register.close();
            }
            dataKeys.values().forEach(SealingKey::close);
            hostKeys.close();
            lock.close();
        }
    }

    private synchronized void start() throws IOException {
        if (!directory.initialised()) {
            directory.initialise(hostKeys.all());
        }
        hostKeys.resume();
        try (SlotPair seal = directory.seal(hostKeys.all())) {
            seal.load();
        }
        directory.recover();
        Set<UUID> present = directory.instances();
        openRegister(present);
        if (hostKeys.changing()) {
            LOG.warn("{}: completing the interrupted change of the host key", directory.path());
            hostKeys.complete(register);
        }
        List<InstanceFolder> folders = present.stream().map(directory::folder).toList();
        Reading.of(folders, hostKeys.all()).forEach(this::take);
    }

    private void openRegister(Set<UUID> present) throws IOException {
        register = directory.register(hostKeys.all());
        try {
            register.load(present);
        } catch (DamagedFileException e) {
            LOG.warn("{}; going on without: what was put back before now is not noticed", e.getMessage());
            register.create(present);
        }
    }

    private void take(Reading reading) {
        UUID uuid = reading.uuid();
        if (reading.failure() != null) {
            refuse(uuid, reading.failure());
        } else if (names.add(reading.info().name())) {
            infos.put(uuid, reading.info());
            dataKeys.put(uuid, reading.dataKey());
        } else {
            reading.dataKey().close();
            refuse(
                    uuid,
                    new DamagedFileException(
                            directory.folder(uuid).path(),
                            "has the name '" + reading.info().name() + "' of another instance"));
        }
    }

    private void refuse(UUID uuid, IOException failure) {
        StateStoreException refusal = failure instanceof StateStoreException refused
                ? refused
                : new StateStoreException(directory.folder(uuid).path(), FileFailure.reason(failure));
        LOG.error("{}", refusal.getMessage());
        unreadable.put(uuid, refusal);
    }

    private void forgetFailed(UUID uuid, IOException cause) {
        try {
            register.remove(uuid);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private DiskInstanceStore opened(InstanceFolder folder, SealingKey dataKey, UUID uuid) {
        DiskInstanceStore store = new DiskInstanceStore(folder, dataKey, register, () -> forget(uuid));
        open.put(uuid, store);
        return store;
    }

    /** An instance that could not be read gets another try: somebody may have put it right. */
    private void requireInstance(UUID uuid) throws StateStoreException {
        if (unreadable.remove(uuid) != null) {
            take(Reading.of(directory.folder(uuid), hostKeys.all()));
        }
        if (unreadable.containsKey(uuid)) {
            throw unreadable.get(uuid);
        }
        if (!infos.containsKey(uuid)) {
            throw new NoSuchInstanceException(directory.path(), uuid);
        }
    }

    private void requireNotOpen(UUID uuid) {
        if (open.containsKey(uuid)) {
            throw new IllegalStateException("instance " + uuid + " is open");
        }
    }

    private synchronized void forget(UUID uuid) {
        open.remove(uuid);
    }
}
