package dev.vtpmd.store.file;

/** Thrown by every operation of a {@link SimulatedDisk} from the moment on that its power is gone. */
public final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;

    PowerLoss() {
        super("power loss", null, false, false);
    }
}
