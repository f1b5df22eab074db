package dev.vtpmd.daemon.process;

/** Whether a process has taken much memory since it last had little. Used by one thread. */
final class Growth {
    private final long much;
    private long least;

    /**
     * Growth from nothing.
     *
     * @param much bytes above which it counts
     */
    Growth(long much) {
        this.much = much;
    }

    /** Whether {@code memory}, in bytes, is much more than the least since {@link #begin}. */
    boolean to(long memory) {
        least = Math.min(least, memory);
        return memory - least > much;
    }

    /** The process needs {@code memory}; only what comes to it counts. */
    void begin(long memory) {
        least = memory;
    }
}
