package dev.vtpmd.daemon.instance;

/** Something that cannot be done with instances. The message is one line for the operator. */
public final class InstanceException extends Exception {
    private final Reason reason;

    /** Why it cannot be done. */
    public enum Reason {
        /** What is asked for makes no sense. */
        INVALID,
        /** There is no such instance. */
        UNKNOWN,
        /** A name, UUID or port is taken. */
        TAKEN,
        /** The instance is not in a state for this. */
        UNFIT,
        /** The host does not let us. */
        FAILED
    }

    InstanceException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A request that failed; {@code message} is one line. */
    public InstanceException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why it cannot be done. */
    public Reason reason() {
        return reason;
    }
}
