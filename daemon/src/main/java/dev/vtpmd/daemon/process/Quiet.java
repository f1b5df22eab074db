package dev.vtpmd.daemon.process;

import java.time.Duration;

/** Whether a process has next to nothing to do. Used by one thread, which asks once in each period. */
final class Quiet {
    /** Below a fiftieth of a processor a process is quiet: a few hundred commands in a second. */
    private static final int SHARE = 50;

    private final Duration period;
    private Duration used = Duration.ZERO;

    Quiet(Duration period) {
        this.period = period;
    }

    /**
     * Whether the process has been quiet since the last call of this or of {@link #begin}.
     *
     * @param processorTime what it has used since its start
     */
    boolean since(Duration processorTime) {
        Duration lately = processorTime.minus(used);
        used = processorTime;
        return lately.multipliedBy(SHARE).compareTo(period) < 0;
    }

    /** What the process has used until now does not count. */
    void begin(Duration processorTime) {
        used = processorTime;
    }
}
