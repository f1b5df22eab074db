package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.host.HostPlatform;
import dev.vtpmd.engine.Tpm;

import java.io.IOException;

/** Makes a TPM that there never was before. */
@FunctionalInterface
public interface NewTpm {
    /**
     * The permanent state of the new TPM, which the caller wipes.
     *
     * @throws IOException if it cannot be made; one line
     */
    byte[] permanentState() throws IOException;

    /** A TPM of this model that has its seeds, and nothing else. */
    static NewTpm unprovisioned(TpmModel model) {
        return () -> Tpm.manufacture(model.profile(), model.pcrBanks(), HostPlatform.entropy());
    }
}
