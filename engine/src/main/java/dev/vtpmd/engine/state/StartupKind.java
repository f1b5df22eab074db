package dev.vtpmd.engine.state;

/** What a successful TPM2_Startup amounts to (Part 1, 12.2.3). */
public enum StartupKind {
    /** TPM Reset: TPM_SU_CLEAR without a preceding Shutdown(STATE). */
    RESET,
    /** TPM Restart: TPM_SU_CLEAR after Shutdown(STATE). */
    RESTART,
    /** TPM Resume: TPM_SU_STATE after Shutdown(STATE). */
    RESUME
}
