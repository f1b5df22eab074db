package dev.vtpmd.daemon.admin;

/** A request that the service refuses, or that does not reach it. The message is one line for the operator. */
public final class AdminException extends Exception {
    public AdminException(String message) {
        super(message);
    }

    public AdminException(String message, Throwable cause) {
        super(message, cause);
    }
}
