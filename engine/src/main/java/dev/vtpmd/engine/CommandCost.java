package dev.vtpmd.engine;

/** How long a command may keep a thread: decides whether an event loop may run it. */
public enum CommandCost {
    /** Some microseconds: hashing, sessions, capabilities, PCRs. */
    LIGHT,
    /** Up to some milliseconds: an operation with a private key, or a point multiplication. */
    PRIVATE_KEY,
    /** Up to seconds: making or deriving a key. */
    KEY_GENERATION,
    /** Waits for stable storage. */
    DURABLE
}
