package dev.vtpmd.daemon.device;

/** What is done with a device's TPM before its ports open (swtpm's {@code --flags}). */
public enum StartupMode {
    /** Nothing: a client switches the TPM on, with INIT or SIGNAL_POWER_ON. */
    NEED_INIT,
    /** It is switched on. */
    INIT,
    /** It is switched on and sent TPM2_Startup(CLEAR). */
    STARTUP_CLEAR,
    /** It is switched on and sent TPM2_Startup(STATE). */
    STARTUP_STATE
}
