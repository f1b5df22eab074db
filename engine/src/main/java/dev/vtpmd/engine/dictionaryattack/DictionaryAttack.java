package dev.vtpmd.engine.dictionaryattack;

import dev.vtpmd.engine.clock.TpmClock;
import dev.vtpmd.engine.state.Orderly;
import dev.vtpmd.engine.state.ShutdownKind;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * Protection against trying many authValues (Part 1, 19.8). Times are in seconds.
 *
 * <p>A failure is counted at the failing command. What a power failure would hide is covered by a mark: the first use of a
 * protected authValue after a start is recorded, and a start that was not preceded by TPM2_Shutdown counts one failure.
 */
public final class DictionaryAttack {
    private static final int DEFAULT_MAX_TRIES = 3;
    private static final int DEFAULT_RECOVERY_TIME = 1000;
    private static final int DEFAULT_LOCKOUT_RECOVERY = 1000;
    private static final long MILLISECONDS = 1000;

    private final TpmClock clock;
    private final Orderly orderly;

    private int failedTries;
    private int maxTries = DEFAULT_MAX_TRIES;
    private int recoveryTime = DEFAULT_RECOVERY_TIME;
    private int lockoutRecovery = DEFAULT_LOCKOUT_RECOVERY;
    private boolean lockoutAuthEnabled = true;
    private boolean used;
    private long healTimer;
    private long lockoutTimer;

    /** The protection of a new TPM, with the default parameters. */
    public DictionaryAttack(TpmClock clock, Orderly orderly) {
        this.clock = clock;
        this.orderly = orderly;
    }

    /** Number of counted failures. */
    public int failedTries() {
        return failedTries;
    }

    /** Number of failures that lead to lockout. */
    public int maxTries() {
        return maxTries;
    }

    /** After how many seconds one failure is forgotten. */
    public int recoveryTime() {
        return recoveryTime;
    }

    /** For how many seconds lockoutAuth cannot be used after it failed; 0 means until the next start. */
    public int lockoutRecovery() {
        return lockoutRecovery;
    }

    /** Whether authValues that are protected cannot be used. */
    public boolean inLockout() {
        return Integer.compareUnsigned(failedTries, maxTries) >= 0;
    }

    /** Whether lockoutAuth can be used. */
    public boolean lockoutAuthEnabled() {
        return lockoutAuthEnabled;
    }

    /** Whether {@link #recordUse} has yet something to record. */
    public boolean used() {
        return used;
    }

    /** A protected authValue is about to be checked: recorded once after each start or shutdown. */
    public void recordUse() {
        if (!used) {
            used = true;
            orderly.permanentStateChanged();
        }
    }

    /** The check of a protected authValue has failed. */
    public void recordFailure() {
        if (recoveryTime != 0) {
            failedTries++;
            healTimer = clock.time();
            orderly.bookkeepingChanged();
        }
    }

    /** The check of lockoutAuth has failed. */
    public void recordLockoutFailure() {
        lockoutAuthEnabled = false;
        lockoutTimer = clock.time();
        if (lockoutRecovery != 0) {
            orderly.bookkeepingChanged();
        }
    }

    /** Forgets failures whose time has come. Called before every command. */
    public void selfHeal() {
        if (failedTries != 0) {
            healFailures();
        }
        if (!lockoutAuthEnabled && lockoutRecovery != 0) {
            long passed = clock.time() - lockoutTimer;
            if (passed >= (lockoutRecovery & 0xFFFFFFFFL) * MILLISECONDS) {
                lockoutAuthEnabled = true;
                orderly.bookkeepingChanged();
            }
        }
    }

    /** TPM2_DictionaryAttackParameters. */
    public void parameters(int newMaxTries, int newRecoveryTime, int newLockoutRecovery) {
        maxTries = newMaxTries;
        recoveryTime = newRecoveryTime;
        lockoutRecovery = newLockoutRecovery;
        orderly.bookkeepingChanged();
    }

    /** TPM2_DictionaryAttackLockReset. */
    public void lockReset() {
        failedTries = 0;
        orderly.bookkeepingChanged();
    }

    /** What TPM2_Clear does (Part 3, 24.6): the defaults, and nothing counted. */
    public void clear() {
        failedTries = 0;
        maxTries = DEFAULT_MAX_TRIES;
        recoveryTime = DEFAULT_RECOVERY_TIME;
        lockoutRecovery = DEFAULT_LOCKOUT_RECOVERY;
        lockoutAuthEnabled = true;
        orderly.permanentStateChanged();
    }

    /** TPM2_Shutdown: what was used so far needs no covering any more. */
    public void shutdown() {
        used = false;
    }

    /** TPM2_Startup, given how the TPM was shut down. */
    public void startup(ShutdownKind shutdown) {
        if (shutdown == ShutdownKind.NONE) {
            if (used && recoveryTime != 0 && !inLockout()) {
                failedTries++;
            }
            healTimer = clock.time();
            lockoutTimer = clock.time();
        }
        if (lockoutRecovery == 0) {
            lockoutAuthEnabled = true;
        }
        used = false;
    }

    /** Stores what is permanent; the timers as milliseconds that have passed. */
    public void writePermanent(TpmWriter out) {
        out.u32(failedTries);
        out.u32(maxTries);
        out.u32(recoveryTime);
        out.u32(lockoutRecovery);
        out.u8((lockoutAuthEnabled || lockoutRecovery == 0 ? 1 : 0) | (used ? 2 : 0));
        writeTimers(out);
    }

    /** Restores what {@link #writePermanent} stored. */
    public void readPermanent(TpmReader in) {
        failedTries = in.u32();
        maxTries = in.u32();
        recoveryTime = in.u32();
        lockoutRecovery = in.u32();
        int flags = in.u8();
        lockoutAuthEnabled = (flags & 1) != 0;
        used = (flags & 2) != 0;
        readTimers(in);
    }

    /** Stores what lasts until power is lost, besides what is permanent. */
    public void writeVolatile(TpmWriter out) {
        out.u8(lockoutAuthEnabled ? 1 : 0);
        writeTimers(out);
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        lockoutAuthEnabled = in.u8() != 0;
        readTimers(in);
    }

    private void healFailures() {
        if (recoveryTime == 0) {
            failedTries = 0;
            orderly.bookkeepingChanged();
            return;
        }
        long period = (recoveryTime & 0xFFFFFFFFL) * MILLISECONDS;
        long healed = Math.min((clock.time() - healTimer) / period, failedTries & 0xFFFFFFFFL);
        if (healed > 0) {
            failedTries -= (int) healed;
            healTimer += healed * period;
            orderly.bookkeepingChanged();
        }
    }

    private void writeTimers(TpmWriter out) {
        out.u64(clock.time() - healTimer);
        out.u64(clock.time() - lockoutTimer);
    }

    private void readTimers(TpmReader in) {
        healTimer = clock.time() - in.u64();
        lockoutTimer = clock.time() - in.u64();
    }
}
