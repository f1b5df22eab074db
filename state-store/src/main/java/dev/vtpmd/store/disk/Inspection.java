package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.file.DiskFiles;
import dev.vtpmd.store.file.FileFailure;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.RecordFile;
import dev.vtpmd.store.record.RecordKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of a file of a state directory without opening the directory: also while the service runs, also of a copy.
 * Nothing is changed.
 *
 * @param record what the header says; empty if it is not intact
 * @param info for metadata that could be opened
 * @param state for a TPM's state that could be opened. The caller overwrites it
 * @param problem why something of it cannot be read, in one line
 */
public record Inspection(
        Path file,
        Optional<RecordFile> record,
        Optional<InstanceInfo> info,
        Optional<byte[]> state,
        Optional<String> problem) {

    /**
     * Looks at a record, or at all records of an instance's folder.
     *
     * @param hostKey to open what can be opened; without one only headers are read
     * @throws IOException if {@code path} is not there, or the host key cannot be used
     */
    public static List<Inspection> of(Path path, Optional<HostKeySource> hostKey) throws IOException {
        StateFiles files = new DiskFiles();
        Path absolute = path.toAbsolutePath().normalize();
        boolean folder = Files.isDirectory(absolute);
        if (!folder && Files.exists(absolute) && !Files.isRegularFile(absolute)) {
            throw new StateStoreException(absolute, "is neither a file nor a folder");
        }
        List<Path> records = folder ? records(files, absolute) : List.of(absolute);
        Path home = folder ? absolute : absolute.getParent();
        Optional<SealingKey> key = hostKey.isEmpty()
                ? Optional.empty()
                : Optional.of(hostKey.get().load(files, stateDirectory(home), false));
        List<Inspection> inspections = new ArrayList<>();
        for (Path record : records) {
            inspections.add(look(files, record, key));
        }
        key.ifPresent(SealingKey::close);
        return inspections;
    }

    private static List<Path> records(StateFiles files, Path folder) throws IOException {
        List<Path> records = files.list(folder).stream()
                .filter(file -> file.getFileName().toString().matches("(key|metadata|permanent|volatile|store)\\.[01]"))
                .sorted()
                .toList();
        if (records.isEmpty()) {
            throw new StateStoreException(
                    folder, "holds no records: an instance's folder, or one of its files, is expected");
        }
        return records;
    }

    /** Where the parameters of a passphrase are: two levels above an instance's folder. */
    private static Path stateDirectory(Path folder) {
        boolean instance = folder.getNameCount() > 2 && folder.getParent().endsWith("instances");
        return instance ? folder.getParent().getParent() : folder;
    }

    private static Inspection look(StateFiles files, Path file, Optional<SealingKey> hostKey) throws IOException {
        RecordFile record;
        try {
            record = RecordFile.read(files, file);
        } catch (StateStoreException e) {
            return new Inspection(file, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(e.reason()));
        }
        Optional<InstanceInfo> info = Optional.empty();
        Optional<byte[]> state = Optional.empty();
        Optional<String> problem = Optional.empty();
        if (hostKey.isPresent()) {
            try {
                Optional<byte[]> content = content(files, record, hostKey.get());
                if (record.kind() == RecordKind.METADATA && content.isPresent()) {
                    info = Optional.of(InstanceInfoCodec.decode(file, record.instance(), content.get()));
                } else if (record.kind() == RecordKind.PERMANENT || record.kind() == RecordKind.VOLATILE) {
                    state = content;
                }
            } catch (StateStoreException e) {
                problem = Optional.of(e.reason());
            } catch (IOException e) {
                problem = Optional.of(FileFailure.reason(e));
            }
        }
        return new Inspection(file, Optional.of(record), info, state, problem);
    }

    /** The content, once it is known to be authentic; nothing of a key. */
    private static Optional<byte[]> content(StateFiles files, RecordFile record, SealingKey hostKey)
            throws IOException {
        return switch (record.kind()) {
            case DATA_KEY, STORE -> {
                record.open(hostKey).ifPresent(content -> Arrays.fill(content, (byte) 0));
                yield Optional.empty();
            }
            case METADATA, PERMANENT, VOLATILE -> {
                try (SealingKey dataKey = dataKey(files, record, hostKey)) {
                    yield record.open(dataKey);
                }
            }
            default -> Optional.empty();
        };
    }

    private static SealingKey dataKey(StateFiles files, RecordFile record, SealingKey hostKey) throws IOException {
        IOException problem = null;
        for (int slot = 0; slot < 2; slot++) {
            Path file = record.file().resolveSibling(RecordKind.DATA_KEY.fileName(slot));
            try {
                byte[] key = RecordFile.read(files, file).open(hostKey).orElse(new byte[0]);
                try {
                    return new SealingKey(key);
                } finally {
                    Arrays.fill(key, (byte) 0);
                }
            } catch (IOException e) {
                problem = e;
            }
        }
        throw new StateStoreException(record.file(), "its data key cannot be read: " + FileFailure.reason(problem));
    }

    @Override
    public String toString() {
        return "Inspection[" + file + "]";
    }
}
