package dev.vtpmd.daemon.admin;

/** A request that the service refuses, or that does not reach it. The message is one line for the operator. */
public final class AdminException extends Exception {
    /** What kind of failure it is. */
    public enum Kind {
        /** Any other. */
        FAILED,
        /** The service cannot be reached, or does not answer. */
        UNREACHABLE,
        /** There is no such thing. */
        UNKNOWN,
        /** A name, UUID or port is taken, or the instance is not in a state for this. */
        TAKEN,
        /** Whoever asks may not. */
        NOT_PERMITTED
    }

    private final Kind kind;

    AdminException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    AdminException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A failure on this side of the socket. */
    public AdminException(String message) {
        this(Kind.FAILED, message);
    }

    /** A failure on this side of the socket. */
    public AdminException(String message, Throwable cause) {
        this(Kind.FAILED, message, cause);
    }

    /** The same refusal, with what it is about in front. */
    public AdminException about(Object what) {
        return new AdminException(kind, what + ": " + getMessage(), this);
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }
}
