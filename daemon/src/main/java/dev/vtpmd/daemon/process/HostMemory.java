package dev.vtpmd.daemon.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/** The host's memory, to which a process gives back what it has of it. */
final class HostMemory {
    private static final int MADV_DONTNEED = 4;

    private final MethodHandle trim = function("malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private final MethodHandle advise =
            function("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    /** Gives back what the C library keeps (malloc_trim(3)). */
    void trim() {
        try {
            // Says only whether there was anything to do.
            int trimmed = (int) trim.invokeExact(0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Lets go of the pages of {@code programs} (madvise(2)); who looks at one gets it again, from its file. */
    void leave(List<Mapping> programs) {
        try {
            for (Mapping program : programs) {
                // Where it is refused, the pages stay.
                int advised = (int) advise.invokeExact(
                        MemorySegment.ofAddress(program.start()), program.end() - program.start(), MADV_DONTNEED);
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker()
                .downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name), type);
    }
}
