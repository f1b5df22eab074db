package dev.vtpmd.daemon.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives back to the host what work has left behind, once the process is quiet: garbage in the heap, what the C library keeps of
 * the memory that Java's compilers have used, and the pages of programs that nobody runs now.
 *
 * <p>Nobody is answered while the heap is cleared, a tenth of a second or so. So it is done only if the process has used next to
 * no processor time for a while and has grown since the last time: after a burst of work, not again and again.
 */
public final class IdleMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleMemory.class);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    /**
     * Java compiles anew what clearing up itself runs, and its compilers take memory and much of Java's program: they get this
     * time for it, and what they have taken is given back too.
     */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private static final int ROUNDS = 3;

    private static final int STACK_SIZE = 256 * 1024;
    private static final long MEBIBYTE = 1 << 20;

    private final Thread thread = new Thread(null, this::watch, "vtpmd-idle", STACK_SIZE);
    private final Quiet quiet = new Quiet(PERIOD);

    /** More than the young part of the heap, which fills anew however little there is to do. */
    private final Growth own = new Growth(8 * MEBIBYTE);

    /** More than a quiet process needs of its programs. */
    private final Growth all = new Growth(4 * MEBIBYTE);

    /** From the first time on, since binding to it is a good part of a start. */
    private HostMemory host;

    private List<Mapping> programs = List.of();

    private IdleMemory() {
        thread.setDaemon(true);
    }

    /** Watches this process until it is closed. */
    public static IdleMemory watched() {
        IdleMemory memory = new IdleMemory();
        memory.thread.start();
        return memory;
    }

    /** Ends the watch. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
                if (quiet.since(OwnUse.processorTime())) {
                    giveBack();
                }
            }
        } catch (InterruptedException e) {
            // The process ends.
        } catch (IOException e) {
            LOG.warn("memory is not given back: {}", e.toString());
        }
    }

    private void giveBack() throws IOException, InterruptedException {
        boolean garbage = own.to(OwnUse.anonymousBytes());
        if (garbage) {
            programs = Mapping.ofPrograms(Files.readAllLines(Path.of("/proc/self/smaps")));
            host = host == null ? new HostMemory() : host;
            System.gc();
            own.begin(OwnUse.anonymousBytes());
        }
        if (garbage || host != null && all.to(OwnUse.bytes())) {
            for (int i = 0; i < ROUNDS; i++) {
                TimeUnit.NANOSECONDS.sleep(SETTLED.toNanos());
                host.trim();
                host.leave(programs);
            }
            all.begin(OwnUse.bytes());
            quiet.begin(OwnUse.processorTime());
        }
    }
}
