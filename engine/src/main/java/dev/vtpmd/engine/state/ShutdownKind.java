package dev.vtpmd.engine.state;

/** How a TPM was shut down (Part 3, 9.4). The ordinal is stored. */
public enum ShutdownKind {
    /** Not at all: it runs, or lost power. */
    NONE,
    /** TPM2_Shutdown(TPM_SU_CLEAR). */
    CLEAR,
    /** TPM2_Shutdown(TPM_SU_STATE). */
    STATE
}
