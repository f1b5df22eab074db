package dev.vtpmd.store.disk;

import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.InstanceStore;
import dev.vtpmd.store.StateKind;
import dev.vtpmd.store.key.HostKeySource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A process that counts in the permanent state of an instance, and prints each number when its commit has returned. */
final class CommittingProcess {
    static final UUID INSTANCE = UUID.fromString("6f1a3f0e-0c53-4f4b-9d61-6c1f0a3a9f01");

    private CommittingProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (DiskStateStore store = open(Path.of(arguments[0]));
                InstanceStore instance = openOrCreate(store)) {
            for (long number = number(instance) + 1; ; number++) {
                instance.commit(StateKind.PERMANENT, state(number));
                System.out.println(number);
                System.out.flush();
            }
        }
    }

    static DiskStateStore open(Path directory) throws IOException {
        return DiskStateStore.open(directory, new HostKeySource.KeptBesideState());
    }

    static long number(InstanceStore instance) throws IOException {
        return ByteBuffer.wrap(instance.load(StateKind.PERMANENT).orElseThrow()).getLong();
    }

    private static InstanceStore openOrCreate(DiskStateStore store) throws IOException {
        if (store.list().isEmpty()) {
            return store.create(new InstanceInfo(INSTANCE, "counting", Instant.EPOCH, Map.of()), state(0));
        }
        return store.open(INSTANCE);
    }

    /** The number, and so many bytes behind it that writing takes its time. */
    private static byte[] state(long number) {
        return ByteBuffer.allocate(30_000 + (int) (number % 5000))
                .putLong(number)
                .array();
    }
}
