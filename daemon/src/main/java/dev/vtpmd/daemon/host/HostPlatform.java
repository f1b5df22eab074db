package dev.vtpmd.daemon.host;

import dev.vtpmd.engine.Entropy;
import dev.vtpmd.engine.PlatformTimer;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/** What the host gives to its TPMs. */
public final class HostPlatform {
    private HostPlatform() {}

    /** Random bytes of the operating system. */
    public static Entropy entropy() {
        return new SecureRandom()::nextBytes;
    }

    /** The monotonic clock of the operating system. */
    public static PlatformTimer timer() {
        return () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
