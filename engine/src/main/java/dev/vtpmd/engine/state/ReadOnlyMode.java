package dev.vtpmd.engine.state;

import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * Read-only mode, which the platform turns on with TPM2_ReadOnlyControl (Part 3, 24.9): commands that change what is permanent
 * are refused. It lasts until a TPM Reset or TPM Restart.
 */
public final class ReadOnlyMode {
    private final Orderly orderly;
    private boolean active;

    /** The mode of a new TPM: off. */
    public ReadOnlyMode(Orderly orderly) {
        this.orderly = orderly;
    }

    /** Whether the mode is on. */
    public boolean active() {
        return active;
    }

    /** Turns the mode on or off. */
    public void active(boolean on) {
        active = on;
        orderly.savedStateChanged();
    }

    /**
     * Throws TPM_RC_READ_ONLY if the mode forbids to write or lock an NV index with these attributes: it allows that for what is
     * gone after the next TPM Reset.
     */
    public void check(TpmaNv attributes) {
        if (active && !(attributes.orderly() && attributes.clearStClear())) {
            throw TpmException.of(TpmRc.READ_ONLY);
        }
    }

    /** What TPM2_Startup does to the mode (Part 3, 9.3). */
    public void startup(StartupKind kind) {
        if (kind != StartupKind.RESUME) {
            active = false;
        }
    }

    /** Stores the mode. */
    public void writeVolatile(TpmWriter out) {
        out.u8(active ? 1 : 0);
    }

    /** Restores the mode. */
    public void readVolatile(TpmReader in) {
        active = in.u8() != 0;
    }
}
