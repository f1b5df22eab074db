package dev.vtpmd.engine.libtpms;

/**
 * ORDERLY_DATA: the clock and the timers of dictionary attack protection, all in milliseconds. The state of the random number
 * generator, which stands here too, is passed over: this TPM seeds its own.
 *
 * @param healTimer the moment of Time when the last failure was forgotten; may be negative
 * @param lockoutTimer the moment of Time when lockoutAuth last failed; may be negative
 * @param time Time when this was stored
 */
record OrderlyData(long clock, boolean clockSafe, long healTimer, long lockoutTimer, long time) {
    private static final int MAGIC = 0x56657887;
    private static final int DRBG_MAGIC = 0x6FE83EA1;

    static OrderlyData read(LibtpmsReader in) {
        in.header("ORDERLY_DATA", MAGIC, 2, 2);
        long clock = in.u64();
        boolean safe = in.flag();
        randomGenerator(in);
        long[] timers = new long[3];
        in.block(() -> {
            for (int i = 0; i < timers.length; i++) {
                timers[i] = in.u64();
            }
        });
        in.end();
        return new OrderlyData(clock, safe, timers[0], timers[1], timers[2]);
    }

    /** Milliseconds since the last failure was forgotten, or counted. */
    long sinceHealing() {
        return Math.max(0, time - healTimer);
    }

    /** Milliseconds since lockoutAuth failed. */
    long sinceLockout() {
        return Math.max(0, time - lockoutTimer);
    }

    private static void randomGenerator(LibtpmsReader in) {
        in.header("DRBG_STATE", DRBG_MAGIC, 2, 2);
        in.skip(Long.BYTES + Integer.BYTES);
        in.sized();
        in.skip(in.u16() * Integer.BYTES);
        in.end();
    }
}
