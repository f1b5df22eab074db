package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.key.SealingKey;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the metadata record of an instance says, or why it cannot be read.
 *
 * @param info null if it cannot be read
 * @param dataKey null if it cannot be read; else the instance's, which whoever takes the reading closes
 * @param failure null if it can
 */
record Reading(UUID uuid, InstanceInfo info, SealingKey dataKey, IOException failure) {
    private static final int MANY = 16;
    private static final int THREADS = 8;

    static Reading of(InstanceFolder folder, List<SealingKey> hostKeys) {
        try {
            SealingKey dataKey = folder.dataKey(hostKeys);
            try {
                return new Reading(folder.uuid(), folder.info(dataKey), dataKey, null);
            } catch (IOException e) {
                dataKey.close();
                throw e;
            }
        } catch (IOException e) {
            return new Reading(folder.uuid(), null, null, e);
        }
    }

    /** Reads them all; if they are many, several at a time, since most of the time goes into waiting for the disk. */
    static List<Reading> of(List<InstanceFolder> folders, List<SealingKey> hostKeys) {
        if (folders.size() < MANY) {
            return folders.stream().map(folder -> of(folder, hostKeys)).toList();
        }
        try (ExecutorService readers = Executors.newFixedThreadPool(THREADS)) {
            List<CompletableFuture<Reading>> readings = folders.stream()
                    .map(folder -> CompletableFuture.supplyAsync(() -> of(folder, hostKeys), readers))
                    .toList();
            return readings.stream().map(CompletableFuture::join).toList();
        }
    }
}
