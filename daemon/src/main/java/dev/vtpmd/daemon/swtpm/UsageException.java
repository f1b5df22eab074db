package dev.vtpmd.daemon.swtpm;

/** A command line that cannot be followed. The message is one line for the user. */
public final class UsageException extends Exception {
    UsageException(String message) {
        super(message);
    }
}
