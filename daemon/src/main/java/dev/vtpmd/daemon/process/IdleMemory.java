package dev.vtpmd.daemon.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * Gives back to the host what work has left behind, once the process is quiet: garbage in the heap, what the C library keeps of
 * the memory that Java's compilers have used, and pages of the start-up cache.
 *
 * <p>Nobody is answered while the heap is cleared, a tenth of a second or so. So it is done only if the process has used next to
 * no processor time for a while and has grown since the last time: after a burst of work, not again and again.
 */
public final class IdleMemory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleMemory.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int STACK_SIZE = 256 * 1024;
    private static final long MEBIBYTE = 1 << 20;
    private static final int MADV_DONTNEED = 4;

    private final Thread thread = new Thread(null, this::watch, "vtpmd-idle", STACK_SIZE);
    private final IdleRule rule = new IdleRule(PAUSE);

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
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                long before = OwnUse.anonymousBytes();
                if (rule.worthwhile(OwnUse.processorTime(), before)) {
                    release();
                    long after = OwnUse.anonymousBytes();
                    rule.released(OwnUse.processorTime(), after);
                    LOG.debug("idle: {} MiB of memory are {} MiB now", before / MEBIBYTE, after / MEBIBYTE);
                }
            }
        } catch (InterruptedException e) {
            // The process ends.
        } catch (IOException e) {
            LOG.warn("memory is not given back: {}", e.toString());
        }
    }

    /** Gives back what there is, now. */
    static void release() throws IOException {
        System.gc();
        try {
            // Both results say only whether there was anything to do.
            int trimmed = (int) function("malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG))
                    .invokeExact(0L);
            MethodHandle advise = function("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
            for (Mapping cache : Mapping.unchanged(Files.readAllLines(Path.of("/proc/self/smaps")), ".aot")) {
                int advised = (int) advise.invokeExact(
                        MemorySegment.ofAddress(cache.start()), cache.end() - cache.start(), MADV_DONTNEED);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker()
                .downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name), type);
    }
}
