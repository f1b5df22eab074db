package dev.vtpmd.store.disk;

import dev.vtpmd.store.ForeignFileException;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.HostKeyChange;
import dev.vtpmd.store.record.RecordKind;
import dev.vtpmd.store.record.SealedFile;
import dev.vtpmd.store.record.SlotPair;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/** What is where in a state directory; {@code docs/state-format.md} describes it. */
final class StateDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final String INSTANCES = "instances";
    private static final UUID NO_INSTANCE = new UUID(0, 0);
    private static final Pattern FOLDER_NAME =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** What is in a state directory before there are instances, and what a file system of its own has. */
    private static final Pattern OWN_NAME =
            Pattern.compile("lock|host\\.key(\\.new)?|(store|register|changes|passphrase)\\.[a-z0-9]+|lost\\+found");

    private final StateFiles files;
    private final Path path;
    private final Path instances;

    private StateDirectory(StateFiles files, Path path) {
        this.files = files;
        this.path = path;
        this.instances = path.resolve(INSTANCES);
    }

    /**
     * The directory at {@code path}, which is made if it is not there.
     *
     * @throws ForeignFileException if it is no state directory, and there is something else in it
     */
    static StateDirectory at(Path path, StateFiles files) throws IOException {
        StateDirectory directory =
                new StateDirectory(files, path.toAbsolutePath().normalize());
        if (!files.exists(directory.path)) {
            files.createDirectory(directory.path);
            files.syncDirectory(requireNonNull(directory.path.getParent(), "the root directory is there"));
        }
        directory.requireOurs();
        return directory;
    }

    /** A directory with somebody else's files in it is not made a state directory. What an interrupted first start left is ours. */
    private void requireOurs() throws IOException {
        if (initialised()) {
            return;
        }
        for (Path file : files.list(path)) {
            String name = file.getFileName().toString();
            if (!OWN_NAME.matcher(name).matches()) {
                throw new ForeignFileException(
                        path,
                        "is not a state directory, and has '" + name.replaceAll("[^ -~]", "?")
                                + "' in it; choose one that is empty");
            }
        }
    }

    Path path() {
        return path;
    }

    StateFiles files() {
        return files;
    }

    /** Whether it has been made a state directory. */
    boolean initialised() {
        return files.exists(instances);
    }

    /** Makes a new state directory; it counts as made once the folder of the instances is there. */
    void initialise(List<SealingKey> hostKeys) throws IOException {
        try (SlotPair seal = seal(hostKeys);
                GenerationRegister none = register(hostKeys)) {
            seal.create(Optional.of(new byte[0]));
            none.create(Set.of());
        }
        files.createDirectory(instances);
        files.syncDirectory(path);
    }

    /** Removes what a killed process had not completed, and makes durable what it had renamed last. */
    void recover() throws IOException {
        files.syncDirectory(instances);
        for (Path folder : files.list(instances)) {
            if (InstanceFolder.finish(files, folder)) {
                LOG.info("{}: removed what an interrupted creation or destruction had left", folder);
            }
        }
    }

    /** The instances that have a folder. What else is in their place is logged. */
    Set<UUID> instances() throws IOException {
        Set<UUID> present = new LinkedHashSet<>();
        for (Path folder : files.list(instances)) {
            String name = folder.getFileName().toString();
            if (FOLDER_NAME.matcher(name).matches()) {
                present.add(UUID.fromString(name));
            } else {
                LOG.warn("{}: is not the folder of an instance", folder);
            }
        }
        return present;
    }

    InstanceFolder folder(UUID uuid) {
        return new InstanceFolder(files, instances, uuid);
    }

    /** What tells whether a host key is the right one. */
    SlotPair seal(List<SealingKey> hostKeys) {
        return new SlotPair(files, path, RecordKind.STORE, NO_INSTANCE, hostKeys);
    }

    GenerationRegister register(List<SealingKey> hostKeys) {
        return new GenerationRegister(files, path, hostKeys);
    }

    HostKeyChange hostKeyChange() {
        return new HostKeyChange(files, path);
    }

    SealedFile authority() {
        return new SealedFile(files, path, RecordKind.AUTHORITY);
    }

    DestroyedTpms destroyedTpms() {
        return new DestroyedTpms(files, path);
    }
}
