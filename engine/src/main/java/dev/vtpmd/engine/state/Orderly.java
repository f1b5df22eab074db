package dev.vtpmd.engine.state;

/**
 * Whether the TPM was shut down in an orderly way, and whether the permanent state differs from what was last committed.
 *
 * <p>An orderly mark exists from TPM2_Shutdown until the first change of anything that TPM2_Shutdown saved (Part 1, 12.2.4).
 */
public final class Orderly {
    private ShutdownKind shutdown = ShutdownKind.NONE;
    private boolean permanentChanged;

    /** How the TPM was last shut down, {@link ShutdownKind#NONE} if something has changed since. */
    public ShutdownKind shutdown() {
        return shutdown;
    }

    /** Records a TPM2_Shutdown, or with {@link ShutdownKind#NONE} that the TPM runs. */
    public void shutdown(ShutdownKind kind) {
        shutdown = kind;
        permanentChanged = true;
    }

    /** State that TPM2_Shutdown saves has changed: the orderly mark, if there is one, goes. */
    public void savedStateChanged() {
        if (shutdown != ShutdownKind.NONE) {
            shutdown(ShutdownKind.NONE);
        }
    }

    /** Permanent state has changed and must be committed before the response leaves. */
    public void permanentStateChanged() {
        permanentChanged = true;
        shutdown = ShutdownKind.NONE;
    }

    /** Permanent state has changed that TPM2_Shutdown does not save: it must be committed, but the orderly mark stays. */
    public void bookkeepingChanged() {
        permanentChanged = true;
    }

    /** Whether there is something to commit. */
    public boolean needsCommit() {
        return permanentChanged;
    }

    /** The permanent state is on stable storage. */
    public void committed() {
        permanentChanged = false;
    }

    /** Restores what was read from a permanent state, which is therefore committed. */
    public void restore(ShutdownKind kind) {
        shutdown = kind;
        permanentChanged = false;
    }
}
