package dev.vtpmd.store.file;

import dev.vtpmd.store.file.SimulatedDisk.Unsynced;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file: its bytes on stable storage, and the writes since. A disk writes sectors of 512 bytes as wholes. */
final class SimulatedFile extends SimulatedNode {
    private static final int SECTOR = 512;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Write(int position, byte[] bytes) {
        /** Changes {@code content} itself, or a copy if it has to grow. */
        byte[] applyTo(byte[] content) {
            int end = position + bytes.length;
            byte[] result = end <= content.length ? content : Arrays.copyOf(content, end);
            System.arraycopy(bytes, 0, result, position, bytes.length);
            return result;
        }

        List<Write> sectors() {
            List<Write> sectors = new ArrayList<>();
            int start = 0;
            while (start < bytes.length) {
                int end = Math.min(bytes.length, (position + start) / SECTOR * SECTOR + SECTOR - position);
                sectors.add(new Write(position + start, Arrays.copyOfRange(bytes, start, end)));
                start = end;
            }
            return sectors;
        }
    }

    private byte[] live = new byte[0];
    private byte[] durable = new byte[0];
    private final List<Write> unsynced = new ArrayList<>();

    byte[] read(int limit) {
        return Arrays.copyOf(live, Math.min(limit, live.length));
    }

    int size() {
        return live.length;
    }

    void write(int position, byte[] bytes) {
        Write write = new Write(position, bytes);
        live = write.applyTo(live);
        unsynced.add(write);
    }

    void sync() {
        durable = live.clone();
        unsynced.clear();
    }

    /** Linux takes pages for clean after a failed sync: what has not reached the disk now never will by a later sync. */
    void failToSync(Random random) {
        durable = mixed(random);
        unsynced.clear();
    }

    @Override
    SimulatedFile afterPowerLoss(Unsynced choice, Random random) {
        SimulatedFile result = new SimulatedFile();
        result.live = switch (choice) {
            case LOST -> durable.clone();
            case KEPT -> live.clone();
            case MIXED -> mixed(random);
        };
        result.durable = result.live.clone();
        return result;
    }

    private byte[] mixed(Random random) {
        byte[] content = durable.clone();
        for (Write write : unsynced) {
            for (Write sector : write.sectors()) {
                if (random.nextBoolean()) {
                    content = sector.applyTo(content);
                }
            }
        }
        return content;
    }

    @Override
    void copyTo(Path target) throws IOException {
        Files.write(target, live);
    }
}
