package dev.vtpmd.engine.command;

/** What the use of a handle must be authorized for (Part 1, 19.2). */
public enum AuthRole {
    /** No authorization. */
    NONE,
    /** Ordinary use: by authValue if the entity allows that, or by policy. */
    USER,
    /** Administration: by policy where the entity asks for it. */
    ADMIN,
    /** Duplication: by policy only. */
    DUP
}
