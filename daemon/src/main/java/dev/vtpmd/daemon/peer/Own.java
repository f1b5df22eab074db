package dev.vtpmd.daemon.peer;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

import static java.lang.foreign.ValueLayout.JAVA_INT;

/** The user of this process. Of {@code /proc/self} the owner is root once the process keeps debuggers away. */
final class Own {
    static final int USER = read();

    private Own() {}

    private static int read() {
        MethodHandle geteuid = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("geteuid"), FunctionDescriptor.of(JAVA_INT));
        try {
            return (int) geteuid.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
