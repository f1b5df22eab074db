package dev.vtpmd.daemon.audit;

import java.time.Duration;
import java.util.OptionalLong;

/** Lets through one of the same thing in a while: what somebody can bring about at will must not fill a disk. Any thread. */
public final class Damper {
    private static final Duration WHILE = Duration.ofSeconds(10);

    private boolean begun;
    private long lastNanos;
    private long heldBack;

    /** One more. Empty if it is to be held back; else how many have been since the last one that was not. */
    public synchronized OptionalLong oneMore() {
        long now = System.nanoTime();
        if (begun && now - lastNanos < WHILE.toNanos()) {
            heldBack++;
            return OptionalLong.empty();
        }
        begun = true;
        lastNanos = now;
        long before = heldBack;
        heldBack = 0;
        return OptionalLong.of(before);
    }

    /** For the end of a line: how many have been held back before. */
    public static String more(long heldBack) {
        return heldBack == 0 ? "" : ", and " + heldBack + " more before";
    }
}
