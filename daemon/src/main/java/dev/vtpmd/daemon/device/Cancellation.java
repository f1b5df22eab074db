package dev.vtpmd.daemon.device;

import dev.vtpmd.engine.Tpm;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who wants the running command to end. A control client's wish is for the command that runs when it comes, and passes with
 * it; an MSSIM client's signal stays until it is taken back.
 */
final class Cancellation {
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
    private final Object cancelling = new Object();
    private volatile boolean signalled;

    /** A command begins. */
    void begin() {
        phase.set(Phase.RUNNING);
    }

    /** The command that began on {@code tpm} has ended. */
    void end(Tpm tpm) {
        if (phase.compareAndSet(Phase.RUNNING, Phase.IDLE)) {
            return;
        }
        synchronized (cancelling) {
            tpm.cancel(signalled);
            phase.set(Phase.IDLE);
        }
    }

    /** Asks the command that runs on {@code tpm}, if any, to end. From any thread. */
    void cancelRunning(Tpm tpm) {
        synchronized (cancelling) {
            if (phase.compareAndSet(Phase.RUNNING, Phase.CANCELLED)) {
                tpm.cancel(true);
            }
        }
    }

    /** Asks the commands of {@code tpm} to end from now on, or no longer. From any thread. */
    void signal(Tpm tpm, boolean on) {
        synchronized (cancelling) {
            signalled = on;
            tpm.cancel(on || phase.get() == Phase.CANCELLED);
        }
    }

    private enum Phase {
        IDLE,
        RUNNING,
        CANCELLED
    }
}
