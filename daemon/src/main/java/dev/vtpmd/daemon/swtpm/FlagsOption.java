package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.device.StartupMode;

import java.util.Set;

/**
 * {@code --flags}.
 *
 * @param startup what is done with the TPM before clients come
 * @param automaticShutdown whether a TPM that loses power without TPM2_Shutdown is sent one first
 */
record FlagsOption(StartupMode startup, boolean automaticShutdown) {
    /** Without the option. */
    static final FlagsOption DEFAULT = new FlagsOption(StartupMode.NEED_INIT, true);

    private static final Set<String> KEYS = Set.of(
            "not-need-init",
            "startup-clear",
            "startup-state",
            "startup-deactivated",
            "startup-none",
            "disable-auto-shutdown");

    static FlagsOption parse(String text) throws UsageException {
        ValueList values = new ValueList("flags", text, KEYS);
        return new FlagsOption(startup(values), !values.flag("disable-auto-shutdown", false));
    }

    private static StartupMode startup(ValueList values) throws UsageException {
        if (values.flag("startup-clear", false)) {
            return StartupMode.STARTUP_CLEAR;
        }
        if (values.flag("startup-state", false)) {
            return StartupMode.STARTUP_STATE;
        }
        if (values.flag("startup-deactivated", false)) {
            throw values.refused("startup-deactivated is for TPM 1.2, which is not supported");
        }
        return values.flag("not-need-init", false) ? StartupMode.INIT : StartupMode.NEED_INIT;
    }
}
