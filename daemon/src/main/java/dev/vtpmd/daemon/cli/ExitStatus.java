package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;

/** How {@code vtpmd} ends. {@code docs/administration.md} and the manual pages have the same table. */
enum ExitStatus {
    DONE(0, "done"),
    FAILED(1, "failed, for a reason that is none of these"),
    MISUSED(2, "the command line cannot be understood"),
    UNREACHABLE(3, "the service cannot be reached, or does not answer"),
    UNKNOWN(4, "there is no such instance, or it has not what was asked for"),
    TAKEN(5, "a name, a UUID or a port is taken, or the instance is not in a state for this"),
    NOT_PERMITTED(6, "not permitted");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }

    /** That of what the service, or the way to it, refuses; {@link #FAILED} for the rest. */
    static ExitStatus of(Exception problem) {
        if (!(problem instanceof AdminException refusal)) {
            return FAILED;
        }
        return switch (refusal.kind()) {
            case FAILED -> FAILED;
            case UNREACHABLE -> UNREACHABLE;
            case UNKNOWN -> UNKNOWN;
            case TAKEN -> TAKEN;
            case NOT_PERMITTED -> NOT_PERMITTED;
        };
    }
}
