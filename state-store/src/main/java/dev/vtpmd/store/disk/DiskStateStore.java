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
import dev.vtpmd.store.record.HostKeyChange;
import dev.vtpmd.store.record.RecordKind;
import dev.vtpmd.store.record.SealedFile;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** A state directory, held by this process. {@code docs/state-format.md} describes what is in it. */
public final class DiskStateStore implements StateStore {
    private static final Logger LOG = LoggerFactory.getLogger(DiskStateStore.class);
    private static final String LOCK = "lock";
    private static final String INSTANCES = "instances";
    private static final UUID NO_INSTANCE = new UUID(0, 0);
    private static final Pattern FOLDER_NAME =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** What is in a state directory before there are instances, and what a file system of its own has. */
    private static final Pattern OWN_NAME =
            Pattern.compile("lock|host\\.key(\\.new)?|(store|register|changes|passphrase)\\.[a-z0-9]+|lost\\+found");

    private final StateFiles files;
    private final Path directory;
    private final Path instances;
    private final DirectoryLock lock;
    private GenerationRegister register;
    // The first seals; a second one is there only while a change of the host key has not been completed.
    private List<SealingKey> hostKeys;
    private volatile HostKeyProgress hostKeyProgress = HostKeyProgress.NONE;
    private final Map<UUID, InstanceInfo> infos = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<UUID, StateStoreException> unreadable = new ConcurrentSkipListMap<>();
    private final Map<UUID, InstanceStore> open = new HashMap<>();

    private DiskStateStore(StateFiles files, Path directory, DirectoryLock lock) {
        this.files = files;
        this.directory = directory;
        this.instances = directory.resolve(INSTANCES);
        this.lock = lock;
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
    public static DiskStateStore open(Path directory, HostKeySource hostKey, StateFiles files) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        if (!files.exists(absolute)) {
            files.createDirectory(absolute);
            files.syncDirectory(requireNonNull(absolute.getParent(), "the root directory is there"));
        }
        requireOurs(absolute, files);
        DirectoryLock lock = DirectoryLock.acquire(absolute, LOCK, PosixFilePermissions.fromString("rw-------"));
        DiskStateStore store = new DiskStateStore(files, absolute, lock);
        try {
            store.start(hostKey);
            return store;
        } catch (IOException | RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** A directory with somebody else's files in it is not made a state directory. What an interrupted first start left is ours. */
    private static void requireOurs(Path directory, StateFiles files) throws IOException {
        if (files.exists(directory.resolve(INSTANCES))) {
            return;
        }
        for (Path path : files.list(directory)) {
            String name = path.getFileName().toString();
            if (!OWN_NAME.matcher(name).matches()) {
                throw new ForeignFileException(
                        directory,
                        "is not a state directory, and has '" + name.replaceAll("[^ -~]", "?")
                                + "' in it; choose one that is empty");
            }
        }
    }

    @Override
    public synchronized InstanceStore create(InstanceInfo info, byte[] permanentState, Optional<byte[]> volatileState)
            throws IOException {
        if (infos.containsKey(info.uuid()) || unreadable.containsKey(info.uuid())) {
            throw new InstanceExistsException(directory, info.uuid().toString());
        }
        if (names.contains(info.name())) {
            throw new InstanceExistsException(directory, "'" + info.name() + "'");
        }
        InstanceFolder folder = folder(info.uuid());
        // Registered first: after a crash an instance that is not would be taken for one that was put back.
        register.put(info.uuid(), Marks.UNKNOWN);
        SealingKey dataKey;
        try {
            dataKey = folder.create(info, permanentState, volatileState, hostKeys);
        } catch (IOException e) {
            forgetFailed(info.uuid(), e);
            throw e;
        }
        infos.put(info.uuid(), info);
        names.add(info.name());
        return opened(folder, dataKey, info.uuid());
    }

    @Override
    public InstanceStore open(UUID uuid) throws IOException {
        DiskInstanceStore store;
        synchronized (this) {
            requireInstance(uuid);
            requireNotOpen(uuid);
            InstanceFolder folder = folder(uuid);
            store = opened(folder, folder.dataKey(hostKeys), uuid);
        }
        // Several instances at a time: what takes long is to wait for the disk.
        try {
            store.requireCurrent();
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
        InstanceFolder folder = folder(uuid);
        try (DiskInstanceStore store = opened(folder, folder.dataKey(hostKeys), uuid)) {
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
        folder(uuid).describe(info, hostKeys);
        infos.put(uuid, info);
    }

    @Override
    public synchronized SealingKey derivedKey(UUID uuid, String purpose) throws IOException {
        requireInstance(uuid);
        try (SealingKey dataKey = folder(uuid).dataKey(hostKeys)) {
            return dataKey.derive(purpose);
        }
    }

    @Override
    public synchronized void destroy(UUID uuid) throws IOException {
        if (!unreadable.containsKey(uuid)) {
            requireInstance(uuid);
        }
        requireNotOpen(uuid);
        folder(uuid).destroy();
        register.remove(uuid);
        InstanceInfo removed = infos.remove(uuid);
        if (removed != null) {
            names.remove(removed.name());
        }
        unreadable.remove(uuid);
    }

    @Override
    public synchronized void destroyedAfter(UUID uuid, long handover) throws IOException {
        new DestroyedTpms(files, directory).add(uuid, handover);
    }

    @Override
    public synchronized long lastHandoverOfDestroyed(UUID uuid) throws IOException {
        return new DestroyedTpms(files, directory).handover(uuid);
    }

    @Override
    public synchronized Optional<byte[]> authority() throws IOException {
        return authorityFile().load(hostKeys);
    }

    @Override
    public synchronized void keepAuthority(byte[] content) throws IOException {
        authorityFile().store(content, hostKeys.getFirst());
    }

    @Override
    public synchronized void changeHostKey(HostKeySource source) throws IOException {
        for (UUID uuid : List.copyOf(unreadable.keySet())) {
            requireInstance(uuid);
        }
        if (hostKeys.size() > 1) {
            completeHostKeyChange();
        }
        SealingKey replacement = source.load(files, directory, true);
        if (replacement.sameAs(hostKeys.getFirst())) {
            replacement.close();
            return;
        }
        new HostKeyChange(files, directory).begin(hostKeys.getFirst(), replacement);
        hostKeys = List.of(replacement, hostKeys.getFirst());
        completeHostKeyChange();
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
            if (hostKeys != null) {
                hostKeys.forEach(SealingKey::close);
            }
            lock.close();
        }
    }

    private synchronized void start(HostKeySource source) throws IOException {
        boolean first = !files.exists(instances);
        SealingKey given = source.load(files, directory, first);
        hostKeys = List.of(given);
        if (first) {
            initialise();
        }
        HostKeyChange change = new HostKeyChange(files, directory);
        if (change.underWay()) {
            hostKeys = change.keys(given);
        }
        try (SlotPair seal = seal()) {
            seal.load();
        }
        // What a killed process had renamed last may not be durable yet.
        files.syncDirectory(instances);
        finishInterrupted();
        openRegister();
        if (change.underWay()) {
            LOG.warn("{}: completing the interrupted change of the host key", directory);
            completeHostKeyChange();
        }
        readAll();
    }

    /** Makes a new state directory; it counts as made once the folder of the instances is there. */
    private void initialise() throws IOException {
        try (SlotPair seal = seal();
                GenerationRegister none = new GenerationRegister(files, directory, hostKeys)) {
            seal.create(Optional.of(new byte[0]));
            none.create(Set.of());
        }
        files.createDirectory(instances);
        files.syncDirectory(directory);
    }

    private void openRegister() throws IOException {
        register = new GenerationRegister(files, directory, hostKeys);
        Set<UUID> present = files.list(instances).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> FOLDER_NAME.matcher(name).matches())
                .map(UUID::fromString)
                .collect(Collectors.toSet());
        try {
            register.load(present);
        } catch (DamagedFileException e) {
            LOG.warn("{}; going on without: what was put back before now is not noticed", e.getMessage());
            register.create(present);
        }
    }

    private void finishInterrupted() throws IOException {
        for (Path folder : files.list(instances)) {
            if (InstanceFolder.finish(files, folder)) {
                LOG.info("{}: removed what an interrupted creation or destruction had left", folder);
            }
        }
    }

    private void readAll() throws IOException {
        List<InstanceFolder> folders = new ArrayList<>();
        for (Path path : files.list(instances)) {
            String name = path.getFileName().toString();
            if (FOLDER_NAME.matcher(name).matches()) {
                folders.add(folder(UUID.fromString(name)));
            } else {
                LOG.warn("{}: is not the folder of an instance", path);
            }
        }
        Reading.of(folders, hostKeys).forEach(this::take);
    }

    private void take(Reading reading) {
        UUID uuid = reading.uuid();
        if (reading.failure() != null) {
            refuse(uuid, reading.failure());
        } else if (names.add(reading.info().name())) {
            infos.put(uuid, reading.info());
        } else {
            refuse(
                    uuid,
                    new DamagedFileException(
                            folder(uuid).path(),
                            "has the name '" + reading.info().name() + "' of another instance"));
        }
    }

    private void refuse(UUID uuid, IOException failure) {
        StateStoreException refusal = failure instanceof StateStoreException refused
                ? refused
                : new StateStoreException(folder(uuid).path(), FileFailure.reason(failure));
        LOG.error("{}", refusal.getMessage());
        unreadable.put(uuid, refusal);
    }

    @Override
    public HostKeyProgress hostKeyProgress() {
        return hostKeyProgress;
    }

    private void completeHostKeyChange() throws IOException {
        try {
            resealInstances();
        } finally {
            hostKeyProgress = HostKeyProgress.NONE;
        }
        try (SlotPair seal = seal()) {
            seal.reseal();
        }
        register.reseal(hostKeys);
        resealAuthority();
        new HostKeyChange(files, directory).end();
        hostKeys.stream().skip(1).forEach(SealingKey::close);
        hostKeys = List.of(hostKeys.getFirst());
    }

    private void resealAuthority() throws IOException {
        try {
            authorityFile().reseal(hostKeys);
        } catch (StateStoreException e) {
            // Nobody could use it before the change either.
            LOG.error("{}", e.getMessage());
        }
    }

    private void resealInstances() throws IOException {
        List<UUID> all = files.list(instances).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> FOLDER_NAME.matcher(name).matches())
                .map(UUID::fromString)
                .toList();
        for (int done = 0; done < all.size(); done++) {
            hostKeyProgress = new HostKeyProgress(done, all.size());
            try {
                folder(all.get(done)).reseal(hostKeys);
            } catch (StateStoreException e) {
                // An instance that neither key opens is none the worse for the change.
                LOG.error("{}", e.getMessage());
            }
        }
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

    private SealedFile authorityFile() {
        return new SealedFile(files, directory, RecordKind.AUTHORITY);
    }

    private SlotPair seal() {
        return new SlotPair(files, directory, RecordKind.STORE, NO_INSTANCE, hostKeys);
    }

    private InstanceFolder folder(UUID uuid) {
        return new InstanceFolder(files, instances, uuid);
    }

    /** An instance that could not be read gets another try: somebody may have put it right. */
    private void requireInstance(UUID uuid) throws StateStoreException {
        if (unreadable.remove(uuid) != null) {
            take(Reading.of(folder(uuid), hostKeys));
        }
        if (unreadable.containsKey(uuid)) {
            throw unreadable.get(uuid);
        }
        if (!infos.containsKey(uuid)) {
            throw new NoSuchInstanceException(directory, uuid);
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
