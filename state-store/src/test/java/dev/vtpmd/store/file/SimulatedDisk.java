package dev.vtpmd.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Files in memory that know what is on stable storage and what is not yet, and that can be told to fail at any operation.
 * {@link #afterPowerLoss} gives the disk as the next start finds it: what was synced is there; of what was not, sectors and
 * names may or may not be.
 */
public final class SimulatedDisk implements StateFiles {
    /** What becomes of that which was not synced when the power went. */
    public enum Unsynced {
        /** Nothing of it reaches the disk. */
        LOST,
        /** All of it does. */
        KEPT,
        /** Any sectors of files, and the first few changes of names in each directory. */
        MIXED
    }

    private final Path root;
    private final SimulatedDirectory top;
    private long operations;
    private long faultFirst = Long.MAX_VALUE;
    private long faultLast = Long.MAX_VALUE;
    private Fault fault = Fault.POWER_LOSS;
    private boolean powerLost;
    private long syncs;
    private long bytesWritten;
    private Random random = new Random(1);

    /** An empty disk; {@code root} is the only path on it. */
    public SimulatedDisk(Path root) {
        this(root, new SimulatedDirectory());
    }

    private SimulatedDisk(Path root, SimulatedDirectory top) {
        this.root = root;
        this.top = top;
    }

    /** Lets the operations {@code first} to {@code last}, counted from 0, fail. */
    public void failAt(long first, long last, Fault how, Random chance) {
        faultFirst = first;
        faultLast = last;
        fault = how;
        random = chance;
    }

    /** How many operations there have been. */
    public long operations() {
        return operations;
    }

    /** How many syncs, of files and directories, there have been. */
    public long syncs() {
        return syncs;
    }

    /** How many bytes have been written. */
    public long bytesWritten() {
        return bytesWritten;
    }

    /** The disk as found after the power has gone now. This one is not changed. */
    public SimulatedDisk afterPowerLoss(Unsynced unsynced, Random chance) {
        return new SimulatedDisk(root, top.afterPowerLoss(unsynced, chance));
    }

    /** Makes it work again as after a crash of the process alone: nothing written is lost, nothing more is synced. */
    public void restartProcess() {
        powerLost = false;
        faultFirst = Long.MAX_VALUE;
        faultLast = Long.MAX_VALUE;
    }

    /** Writes all files, as they are now, into a real directory. */
    public void copyTo(Path target) throws IOException {
        top.copyTo(target);
    }

    @Override
    public boolean exists(Path file) {
        return find(file) != null;
    }

    @Override
    public byte[] read(Path file, int limit) throws IOException {
        step(false);
        SimulatedFile content = require(file, SimulatedFile.class);
        return content.read(limit + 1);
    }

    @Override
    public StateFile open(Path file) throws IOException {
        step(true);
        SimulatedDirectory parent = require(file.getParent(), SimulatedDirectory.class);
        String name = file.getFileName().toString();
        if (parent.get(name) == null) {
            parent.change(Map.of(name, new SimulatedFile()), List.of());
        }
        return new Handle(require(file, SimulatedFile.class));
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step(true);
        if (directory.equals(root)) {
            return;
        }
        SimulatedDirectory parent = require(directory.getParent(), SimulatedDirectory.class);
        if (parent.get(directory.getFileName().toString()) != null) {
            throw new FileAlreadyExistsException(directory.toString());
        }
        parent.change(Map.of(directory.getFileName().toString(), new SimulatedDirectory()), List.of());
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        step(false);
        return require(directory, SimulatedDirectory.class).names().stream()
                .map(directory::resolve)
                .toList();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step(true);
        SimulatedDirectory parent = require(from.getParent(), SimulatedDirectory.class);
        SimulatedNode node = require(from, SimulatedNode.class);
        parent.change(
                Map.of(to.getFileName().toString(), node),
                List.of(from.getFileName().toString()));
    }

    @Override
    public void delete(Path file) throws IOException {
        step(false);
        SimulatedNode node = find(file);
        if (node instanceof SimulatedDirectory directory && !directory.names().isEmpty()) {
            throw new FileSystemException(file.toString(), null, "Directory not empty");
        }
        if (node != null) {
            require(file.getParent(), SimulatedDirectory.class)
                    .change(Map.of(), List.of(file.getFileName().toString()));
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        syncs++;
        step(false);
        if (!directory.equals(root.getParent())) {
            require(directory, SimulatedDirectory.class).sync();
        }
    }

    /** Counts an operation, and fails if it is to. Returns whether a write should be short. */
    private boolean step(boolean takesSpace) throws IOException {
        if (powerLost) {
            throw new PowerLoss();
        }
        long number = operations++;
        if (number < faultFirst || number > faultLast) {
            return false;
        }
        switch (fault) {
            case POWER_LOSS, POWER_LOSS_IN_THE_MIDDLE -> {
                powerLost = true;
                throw new PowerLoss();
            }
            case NO_SPACE -> {
                if (takesSpace) {
                    throw new IOException("No space left on device");
                }
            }
            case DEVICE_ERROR -> throw new IOException("Input/output error");
            case SHORT_WRITE -> {
                return true;
            }
        }
        return false;
    }

    private SimulatedNode find(Path path) {
        SimulatedNode node = top;
        Path relative = root.relativize(path);
        if (relative.toString().isEmpty()) {
            return node;
        }
        for (Path name : relative) {
            if (!(node instanceof SimulatedDirectory directory)) {
                return null;
            }
            node = directory.get(name.toString());
        }
        return node;
    }

    private <T extends SimulatedNode> T require(Path path, Class<T> type) throws NoSuchFileException {
        SimulatedNode node = find(path);
        if (!type.isInstance(node)) {
            throw new NoSuchFileException(path.toString());
        }
        return type.cast(node);
    }

    private final class Handle implements StateFile {
        private final SimulatedFile file;

        Handle(SimulatedFile file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int size = source.remaining();
            boolean partly = operations >= faultFirst && operations <= faultLast;
            int part = partly ? random.nextInt(size) : size;
            boolean cut = false;
            try {
                cut = step(true);
            } catch (IOException | PowerLoss e) {
                if (fault != Fault.POWER_LOSS && fault != Fault.DEVICE_ERROR) {
                    put(source, position, part);
                }
                throw e;
            }
            return put(source, position, cut ? Math.max(1, part) : size);
        }

        private int put(ByteBuffer source, long position, int size) {
            byte[] bytes = new byte[size];
            source.get(bytes);
            file.write((int) position, bytes);
            bytesWritten += size;
            return size;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void sync() throws IOException {
            syncs++;
            try {
                step(false);
            } catch (IOException e) {
                file.failToSync(random);
                throw e;
            }
            file.sync();
        }

        @Override
        public void close() {
            // Nothing depends on it.
        }
    }
}
