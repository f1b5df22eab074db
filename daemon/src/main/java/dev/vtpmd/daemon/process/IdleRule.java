package dev.vtpmd.daemon.process;

import java.time.Duration;

/** When it is time to give memory back. Used by one thread. */
final class IdleRule {
    /** Below a fiftieth of a processor a process is quiet: a few hundred commands in a second. */
    private static final int QUIET = 50;

    /** More than the young part of the heap, which fills anew however little there is to do. */
    private static final long WORTHWHILE = 12 << 20;

    private final Duration pause;
    private Duration used = Duration.ZERO;
    private long least;

    /** A rule for who asks once in each {@code pause}. */
    IdleRule(Duration pause) {
        this.pause = pause;
    }

    /**
     * Whether the process is quiet, and has taken memory since the last time.
     *
     * @param processorTime what the process has used since its start
     * @param memory bytes that it has
     */
    boolean worthwhile(Duration processorTime, long memory) {
        Duration lately = processorTime.minus(used);
        used = processorTime;
        least = Math.min(least, memory);
        return lately.multipliedBy(QUIET).compareTo(pause) < 0 && memory - least > WORTHWHILE;
    }

    /** Memory has been given back; what it has now, the process needs. */
    void released(Duration processorTime, long memory) {
        used = processorTime;
        least = memory;
    }
}
