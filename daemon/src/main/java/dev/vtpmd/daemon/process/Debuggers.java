package dev.vtpmd.daemon.process;

import org.slf4j.LoggerFactory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/** Others that look into this process's memory, where the secrets of all TPMs are. */
public final class Debuggers {
    private static final int PR_SET_DUMPABLE = 4;

    private Debuggers() {}

    /**
     * Keeps out all but root: no other process of the same user can attach, read the memory or see open files, and the kernel
     * dumps no core (prctl(2), PR_SET_DUMPABLE; ptrace(2)). /proc/self belongs to root from now on; what the process opens
     * below {@code fd} stays open to it.
     */
    public static void keepOut() {
        MethodHandle prctl = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("prctl"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                        Linker.Option.firstVariadicArg(1));
        try {
            int result = (int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
            if (result != 0) {
                LoggerFactory.getLogger(Debuggers.class).warn("debuggers of the same user are not kept out");
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
