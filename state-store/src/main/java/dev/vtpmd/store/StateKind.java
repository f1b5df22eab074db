package dev.vtpmd.store;

/** The two states of a TPM that are kept apart from each other. */
public enum StateKind {
    /** What a TPM keeps without power (Part 1, 37.7 "NV memory"): seeds, proofs, hierarchy auths, NV indices, clock. */
    PERMANENT("permanent state"),
    /** What a TPM loses without power: PCRs, sessions, loaded objects; kept while its VM is suspended or migrated. */
    VOLATILE("volatile state");

    private final String title;

    StateKind(String title) {
        this.title = title;
    }

    /** The kind in words, for messages. */
    public String title() {
        return title;
    }
}
