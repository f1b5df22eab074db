package dev.vtpmd.engine.countdown;

import dev.vtpmd.engine.PlatformTimer;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.engine.state.StartupKind;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.structure.TpmsActData;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.List;

/**
 * The authenticated countdown timers (Part 1, 40): two, TPM_RH_ACT_0 and TPM_RH_ACT_A, as in the TCG's reference code. They tick
 * once a second while the TPM runs. What is signaled does no more here than to be reported.
 *
 * <p>_TPM_Init always counts as a loss of power, so that TPMA_ACT.preserveSignaled is never SET.
 */
public final class CountdownTimers {
    private static final int TICK = 1000;

    private final PlatformTimer clock;
    private final Orderly orderly;
    private final List<CountdownTimer> timers =
            List.of(new CountdownTimer(TpmRh.ACT_0), new CountdownTimer(TpmRh.ACT_A));
    private long lastTick;

    /** The timers of a new TPM, which stand still. */
    public CountdownTimers(PlatformTimer clock, Orderly orderly) {
        this.clock = clock;
        this.orderly = orderly;
    }

    /** Whether {@code handle} is in the range of countdown timers, there or not. */
    public static boolean inRange(int handle) {
        return handle >= TpmRh.ACT_0 && handle <= TpmRh.ACT_F;
    }

    /** Whether {@code handle} is one of these timers. */
    public boolean contains(int handle) {
        return timers.stream().anyMatch(timer -> timer.handle() == handle);
    }

    /** The handles, ascending. */
    public List<Integer> handles() {
        return timers.stream().map(CountdownTimer::handle).toList();
    }

    /** What TPM2_GetCapability reports of the timers, by ascending handles. */
    public List<TpmsActData> data() {
        return timers.stream().map(CountdownTimer::data).toList();
    }

    /** The authorization policy of a timer. */
    public TpmtHa policy(int handle) {
        return timer(handle).policy();
    }

    /** Sets the authorization policy of a timer, which lasts until the next TPM Reset or TPM Restart. */
    public void policy(int handle, TpmtHa policy) {
        timer(handle).policy(policy);
        orderly.savedStateChanged();
    }

    /** Whether a timer has run out. */
    public boolean signaled(int handle) {
        return timer(handle).signaled();
    }

    /**
     * TPM2_ACT_SetTimeout.
     *
     * @param timeout seconds, an unsigned number of 32 bits; its largest stops the timer
     * @throws TpmException TPM_RC_RETRY if the timeout before has not begun to count
     */
    public void set(int handle, int timeout) {
        CountdownTimer timer = timer(handle);
        if (timer.pending()) {
            throw TpmException.of(TpmRc.RETRY);
        }
        timer.set(Integer.toUnsignedLong(timeout));
        orderly.savedStateChanged();
    }

    /** Brings the timers up to now. Called before every command. */
    public void update() {
        long seconds = (clock.milliseconds() - lastTick) / TICK;
        if (seconds > 0) {
            lastTick += seconds * TICK;
            for (int i = 0; i < timers.size(); i++) {
                timers.get(i).tick(seconds);
            }
        }
    }

    /** What TPM2_Shutdown does to the timers (Part 3, 9.4). */
    public void shutdown(ShutdownKind kind) {
        if (kind == ShutdownKind.STATE) {
            timers.forEach(CountdownTimer::save);
        }
    }

    /** What TPM2_Startup does to the timers (Part 3, 9.3). */
    public void startup(StartupKind kind) {
        timers.forEach(timer -> timer.start(kind == StartupKind.RESUME));
        lastTick = clock.milliseconds();
    }

    /** Stores the timers as they are, and as they were at TPM2_Shutdown(STATE). */
    public void writeVolatile(TpmWriter out) {
        timers.forEach(timer -> timer.write(out));
    }

    /** Restores what {@link #writeVolatile} stored; time that has passed since does not count. */
    public void readVolatile(TpmReader in) {
        timers.forEach(timer -> timer.read(in));
        lastTick = clock.milliseconds();
    }

    private CountdownTimer timer(int handle) {
        return timers.stream()
                .filter(timer -> timer.handle() == handle)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no countdown timer: 0x%08X".formatted(handle)));
    }
}
