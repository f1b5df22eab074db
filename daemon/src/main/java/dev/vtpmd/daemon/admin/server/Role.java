package dev.vtpmd.daemon.admin.server;

/** What somebody may do at the administration socket. */
enum Role {
    /** Nothing. */
    STRANGER,
    /** Look: GET. */
    OBSERVER,
    /** Everything. */
    ADMINISTRATOR
}
