package dev.vtpmd.daemon.port;

import java.io.IOException;

/** A port that cannot be opened. The message is one line for the operator: which port, and why. */
public final class PortException extends IOException {
    /** A port that cannot be opened because of {@code reason}. */
    public PortException(String reason) {
        super(reason);
    }

    /** A port that cannot be opened because of {@code reason}, which {@code cause} brought about. */
    public PortException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
