package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.file.StateFile;
import dev.vtpmd.store.file.StateFiles;
import dev.vtpmd.store.key.SealingKey;
import dev.vtpmd.store.record.RecordKind;
import dev.vtpmd.store.record.SlotPair;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder of one instance. It comes into being and goes away by a rename: while it is filled its name ends in
 * {@code .new}, while it is emptied in {@code .destroyed}, and whoever opens the state directory after a crash finishes
 * what such a name says.
 */
final class InstanceFolder {
    private static final String NEW = ".new";
    private static final String DESTROYED = ".destroyed";

    private final StateFiles files;
    private final Path instances;
    private final UUID uuid;

    InstanceFolder(StateFiles files, Path instances, UUID uuid) {
        this.files = files;
        this.instances = instances;
        this.uuid = uuid;
    }

    UUID uuid() {
        return uuid;
    }

    Path path() {
        return instances.resolve(uuid.toString());
    }

    /**
     * Makes the folder of a new instance, with a fresh data key. It is durable as a whole when this returns.
     *
     * @return the data key, which the caller closes
     */
    SealingKey create(
            InstanceInfo info, byte[] permanentState, Optional<byte[]> volatileState, List<SealingKey> hostKeys)
            throws IOException {
        Path unfinished = instances.resolve(uuid + NEW);
        SealingKey dataKey = SealingKey.generate(new SecureRandom());
        try {
            removeAll(unfinished);
            files.createDirectory(unfinished);
            byte[] key = dataKey.export();
            createRecord(unfinished, RecordKind.DATA_KEY, hostKeys, Optional.of(key));
            Arrays.fill(key, (byte) 0);
            List<SealingKey> keys = List.of(dataKey);
            createRecord(unfinished, RecordKind.METADATA, keys, Optional.of(InstanceInfoCodec.encode(info)));
            createRecord(unfinished, RecordKind.PERMANENT, keys, Optional.of(permanentState));
            createRecord(unfinished, RecordKind.VOLATILE, keys, volatileState);
            files.syncDirectory(unfinished);
            files.rename(unfinished, path());
            files.syncDirectory(instances);
            return dataKey;
        } catch (IOException e) {
            dataKey.close();
            undoCreation(unfinished, e);
            throw e;
        }
    }

    /** The instance's data key, unwrapped with one of the host keys; the caller closes it. */
    SealingKey dataKey(List<SealingKey> hostKeys) throws IOException {
        try (SlotPair pair = record(RecordKind.DATA_KEY, hostKeys)) {
            byte[] key = pair.load().orElseThrow();
            try {
                return new SealingKey(key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }

    /** Wraps the data key with the first of the host keys. */
    void reseal(List<SealingKey> hostKeys) throws IOException {
        try (SlotPair pair = record(RecordKind.DATA_KEY, hostKeys)) {
            pair.reseal();
        }
    }

    /** What the metadata record says. */
    InstanceInfo info(SealingKey dataKey) throws IOException {
        try (SlotPair pair = record(RecordKind.METADATA, List.of(dataKey))) {
            return InstanceInfoCodec.decode(path(), uuid, pair.load().orElseThrow());
        }
    }

    /** Replaces the metadata record. */
    void describe(InstanceInfo info, List<SealingKey> hostKeys) throws IOException {
        try (SealingKey dataKey = dataKey(hostKeys);
                SlotPair pair = record(RecordKind.METADATA, List.of(dataKey))) {
            pair.commit(InstanceInfoCodec.encode(info));
        }
    }

    /** A record of this folder. */
    SlotPair record(RecordKind kind, List<SealingKey> keys) {
        return new SlotPair(files, path(), kind, uuid, keys);
    }

    /**
     * Removes the folder: the data key is overwritten before anything is deleted. After a failure it can be called again, to
     * go on.
     */
    void destroy() throws IOException {
        Path condemned = instances.resolve(uuid + DESTROYED);
        if (files.exists(path())) {
            files.rename(path(), condemned);
        }
        files.syncDirectory(instances);
        destroy(files, condemned);
    }

    /** Completes what a crash has interrupted, if the name of {@code folder} says that it has. */
    static boolean finish(StateFiles files, Path folder) throws IOException {
        String name = folder.getFileName().toString();
        if (name.endsWith(NEW)) {
            removeAll(files, folder);
            return true;
        }
        if (name.endsWith(DESTROYED)) {
            destroy(files, folder);
            return true;
        }
        return false;
    }

    private void createRecord(Path folder, RecordKind kind, List<SealingKey> keys, Optional<byte[]> content)
            throws IOException {
        try (SlotPair pair = new SlotPair(files, folder, kind, uuid, keys)) {
            pair.create(content);
        }
    }

    private void undoCreation(Path unfinished, IOException cause) {
        try {
            if (files.exists(path())) {
                destroy();
            }
            removeAll(unfinished);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void removeAll(Path folder) throws IOException {
        removeAll(files, folder);
    }

    private static void destroy(StateFiles files, Path condemned) throws IOException {
        for (int slot = 0; slot < 2; slot++) {
            Path key = condemned.resolve(RecordKind.DATA_KEY.fileName(slot));
            if (files.exists(key)) {
                try (StateFile file = files.open(key)) {
                    file.writeFully(new byte[(int) file.size()], 0);
                    file.sync();
                }
            }
        }
        removeAll(files, condemned);
    }

    private static void removeAll(StateFiles files, Path folder) throws IOException {
        if (!files.exists(folder)) {
            return;
        }
        for (Path file : files.list(folder)) {
            files.delete(file);
        }
        files.delete(folder);
        files.syncDirectory(folder.getParent());
    }
}
