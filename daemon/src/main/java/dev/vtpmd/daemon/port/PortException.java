package dev.vtpmd.daemon.port;

import java.io.IOException;

/** A port that cannot be opened. The message is one line for the operator: which port, and why. */
public final class PortException extends IOException {
    private final boolean taken;

    /** A port that cannot be opened because of {@code reason}. */
    public PortException(String reason) {
        super(reason);
        this.taken = false;
    }

    /** A port that cannot be opened because of {@code reason}, which {@code cause} brought about. */
    public PortException(String reason, Throwable cause) {
        this(reason, cause, false);
    }

    /**
     * A port that cannot be opened because of {@code reason}, which {@code cause} brought about.
     *
     * @param taken whether somebody else has it
     */
    PortException(String reason, Throwable cause, boolean taken) {
        super(reason, cause);
        this.taken = taken;
    }

    /** Whether somebody else has this port. */
    public boolean taken() {
        return taken;
    }
}
