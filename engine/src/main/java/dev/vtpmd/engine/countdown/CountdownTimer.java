package dev.vtpmd.engine.countdown;

import dev.vtpmd.protocol.attribute.TpmaAct;
import dev.vtpmd.protocol.structure.TpmsActData;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * One authenticated countdown timer. Timeouts are seconds, 0 to {@link #NEVER}. A new timeout counts from the next tick on; until
 * then it is pending, and no other one is accepted.
 */
final class CountdownTimer {
    /** The timeout of a timer that does not run and is not signaled: the largest of 32 bits. */
    static final long NEVER = 0xFFFF_FFFFL;

    private static final int PENDING = 1;
    private static final int SIGNALED = 2;
    private static final int UPDATED = 4;
    private static final int SAVED_SIGNALED = 8;

    private final int handle;
    private TpmtHa policy = TpmtHa.NULL;
    private long remaining;
    private long pendingTimeout;
    private boolean pending;
    private boolean signaled;
    /** Whether a timeout was set since TPM2_Startup. */
    private boolean updated;

    private long savedRemaining;
    private boolean savedSignaled;

    CountdownTimer(int handle) {
        this.handle = handle;
    }

    int handle() {
        return handle;
    }

    TpmtHa policy() {
        return policy;
    }

    void policy(TpmtHa newPolicy) {
        policy = newPolicy;
    }

    boolean signaled() {
        return signaled;
    }

    boolean pending() {
        return pending;
    }

    TpmsActData data() {
        return new TpmsActData(handle, (int) timeout(), new TpmaAct(signaled ? TpmaAct.SIGNALED : 0));
    }

    /** Sets the timeout, which no other one may be pending for. 0 ends a running timer as if it had run out. */
    void set(long timeout) {
        begin(timeout);
        updated = true;
    }

    /** {@code seconds} have passed, at least one. */
    void tick(long seconds) {
        if (pending) {
            remaining = pendingTimeout == 0 && remaining != 0 ? 1 : pendingTimeout;
            pending = false;
        }
        if (remaining == 0) {
            return;
        }
        signaled = remaining != NEVER && remaining <= seconds;
        remaining = signaled ? 0 : remaining == NEVER ? NEVER : remaining - seconds;
    }

    /**
     * TPM2_Shutdown(STATE). A timer that was not set since TPM2_Startup loses half of its time, so that nobody makes it last by
     * shutting down early and not using the TPM.
     */
    void save() {
        savedRemaining = timeout();
        if (!updated && savedRemaining > 1 && savedRemaining != NEVER) {
            savedRemaining /= 2;
        }
        savedSignaled = signaled;
    }

    /** TPM2_Startup: the timer goes on from what was saved, or stands still without policy. */
    void start(boolean resume) {
        remaining = 0;
        pending = false;
        signaled = false;
        updated = false;
        if (!resume) {
            policy = TpmtHa.NULL;
        } else if (savedRemaining > 0) {
            begin(savedRemaining);
        } else {
            signaled = savedSignaled;
        }
    }

    void write(TpmWriter out) {
        policy.write(out);
        out.u32((int) remaining);
        out.u32((int) pendingTimeout);
        out.u32((int) savedRemaining);
        out.u8((pending ? PENDING : 0)
                | (signaled ? SIGNALED : 0)
                | (updated ? UPDATED : 0)
                | (savedSignaled ? SAVED_SIGNALED : 0));
    }

    void read(TpmReader in) {
        policy = TpmtHa.readOrNull(in);
        remaining = Integer.toUnsignedLong(in.u32());
        pendingTimeout = Integer.toUnsignedLong(in.u32());
        savedRemaining = Integer.toUnsignedLong(in.u32());
        int flags = in.u8();
        pending = (flags & PENDING) != 0;
        signaled = (flags & SIGNALED) != 0;
        updated = (flags & UPDATED) != 0;
        savedSignaled = (flags & SAVED_SIGNALED) != 0;
    }

    private void begin(long timeout) {
        pendingTimeout = timeout;
        pending = true;
    }

    private long timeout() {
        return pending ? pendingTimeout : remaining;
    }
}
