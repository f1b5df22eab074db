package dev.vtpmd.engine.clock;

import dev.vtpmd.engine.Entropy;
import dev.vtpmd.engine.PlatformTimer;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.structure.TpmsClockInfo;
import dev.vtpmd.protocol.structure.TpmsTimeInfo;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.nio.ByteBuffer;

/**
 * Time, Clock and the counters of starts (Part 1, 36). Time is milliseconds since power was applied; Clock goes on over the
 * TPM's whole life and is stored with the permanent state.
 *
 * <p>Clock is not written as it ticks, only with every other commit and when it crosses the end of an update interval. After a
 * disorderly stop it goes on from the value written last, and is not safe until the next end of an interval.
 */
public final class TpmClock {
    /** TPM_PT_CLOCK_UPDATE: the longest time between writes of Clock, in milliseconds. */
    public static final int UPDATE_INTERVAL = 1 << 22;

    private static final int RATE_UNIT = 32768;

    private final PlatformTimer timer;
    private final Entropy entropy;
    private final Orderly orderly;

    private long time;
    private long clock;
    private boolean safe = true;
    private int timeEpoch;
    private int resetCount;
    private int restartCount;
    private int clearCount;
    private long totalResetCount;
    private int rateAdjustment;
    private long lastReading;
    private long unusedRate;

    /** The clock of a new TPM. */
    public TpmClock(PlatformTimer timer, Entropy entropy, Orderly orderly) {
        this.timer = timer;
        this.entropy = entropy;
        this.orderly = orderly;
    }

    /** _TPM_Init: Time starts anew, in a new epoch. */
    public void powerOn() {
        lastReading = timer.milliseconds();
        time = 0;
        newEpoch();
    }

    /** Brings Time and Clock up to now. Called before every command. */
    public void update() {
        long now = timer.milliseconds();
        long elapsed = Math.max(0, now - lastReading);
        lastReading = now;
        long scaled = elapsed * (RATE_UNIT + rateAdjustment) + unusedRate;
        long advance = scaled / RATE_UNIT;
        unusedRate = scaled % RATE_UNIT;
        time += advance;
        long previous = clock;
        clock += advance;
        if (previous / UPDATE_INTERVAL != clock / UPDATE_INTERVAL) {
            safe = true;
            orderly.bookkeepingChanged();
        }
    }

    /** Time: milliseconds since power was applied. */
    public long time() {
        return time;
    }

    /** Clock in milliseconds. */
    public long clock() {
        return clock;
    }

    /** TPM2_ClockSet: sets Clock, in milliseconds, to a value not below the present one. */
    public void set(long newClock) {
        if (clock / UPDATE_INTERVAL != newClock / UPDATE_INTERVAL) {
            safe = true;
        }
        clock = newClock;
        orderly.bookkeepingChanged();
    }

    /**
     * TPM2_ClockRateAdjust.
     *
     * @param adjust TPM_CLOCK_ADJUST, -3 (coarse, slower) to 3 (coarse, faster)
     */
    public void adjustRate(int adjust) {
        int[] steps = {0, 1, RATE_UNIT / 1000, RATE_UNIT / 100};
        int change = Integer.signum(adjust) * steps[Math.abs(adjust)];
        int limit = RATE_UNIT * 15 / 100;
        rateAdjustment = Math.clamp(rateAdjustment + change, -limit, limit);
    }

    /** Identifies the time since power was applied: policies that expire do so when it changes. */
    public int timeEpoch() {
        return timeEpoch;
    }

    /** Number of TPM Resets since the last TPM2_Clear. */
    public int resetCount() {
        return resetCount;
    }

    /** Number of TPM Restarts, TPM Resumes and D-RTM events since the last TPM Reset. */
    public int restartCount() {
        return restartCount;
    }

    /** Number of TPM Resets in the TPM's life. Saved contexts are bound to it. */
    public long totalResetCount() {
        return totalResetCount;
    }

    /** Number of TPM Restarts since the last TPM Reset. Saved contexts of stClear objects are bound to it. */
    public int clearCount() {
        return clearCount;
    }

    /** Counts a D-RTM event. */
    public void countDrtm() {
        restartCount++;
    }

    /** Clock with its counters, as it goes into attestations. */
    public TpmsClockInfo clockInfo() {
        return new TpmsClockInfo(clock, resetCount, restartCount, safe);
    }

    /** Time and Clock, as TPM2_ReadClock reports them. */
    public TpmsTimeInfo timeInfo() {
        return new TpmsTimeInfo(time, clockInfo());
    }

    /** What TPM2_Startup does to the counters (Part 1, 36.5), given how the TPM was shut down. */
    public void startup(StartupKind kind, ShutdownKind shutdown) {
        if (shutdown == ShutdownKind.NONE) {
            safe = false;
        }
        switch (kind) {
            case RESET -> {
                resetCount++;
                totalResetCount++;
                restartCount = 0;
                clearCount = 0;
            }
            case RESTART -> {
                restartCount++;
                clearCount++;
            }
            case RESUME -> restartCount++;
        }
    }

    /** What TPM2_Clear does to the clock (Part 3, 24.6). */
    public void clear() {
        clock = 0;
        safe = true;
        resetCount = 0;
        restartCount = 0;
        clearCount = 0;
        orderly.permanentStateChanged();
    }

    /** Stores what is permanent. */
    public void writePermanent(TpmWriter out) {
        out.u64(clock);
        out.u8(safe ? 1 : 0);
        out.u32(resetCount);
        out.u64(totalResetCount);
    }

    /** Restores what {@link #writePermanent} stored. */
    public void readPermanent(TpmReader in) {
        clock = in.u64();
        safe = in.u8() != 0;
        resetCount = in.u32();
        totalResetCount = in.u64();
    }

    /** Stores what lasts until power is lost, besides what is permanent. */
    public void writeVolatile(TpmWriter out) {
        out.u64(time);
        out.u64(clock);
        out.u8(safe ? 1 : 0);
        out.u32(timeEpoch);
        out.u32(restartCount);
        out.u32(clearCount);
        out.u32(rateAdjustment);
    }

    /** Restores what {@link #writeVolatile} stored; time that has passed since does not count. */
    public void readVolatile(TpmReader in) {
        time = in.u64();
        clock = Math.max(clock, in.u64());
        safe = in.u8() != 0;
        timeEpoch = in.u32();
        restartCount = in.u32();
        clearCount = in.u32();
        rateAdjustment = in.u32();
        lastReading = timer.milliseconds();
    }

    /** Starts a new epoch; from now on Time counts from zero. For a state that was saved before power was lost. */
    public void newEpoch() {
        time = 0;
        byte[] bytes = new byte[Integer.BYTES];
        entropy.fill(bytes);
        timeEpoch = ByteBuffer.wrap(bytes).getInt();
    }
}
