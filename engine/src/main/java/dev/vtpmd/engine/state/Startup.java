package dev.vtpmd.engine.state;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/** Whether and how the TPM was started since _TPM_Init. */
public final class Startup {
    private boolean started;
    private boolean wasOrderly;
    private boolean hcrtm;
    private int locality;
    private boolean savedHcrtm;
    private int savedLocality;
    private boolean established;

    /** _TPM_Init: the TPM waits for TPM2_Startup. */
    public void init() {
        if (started) {
            savedHcrtm = hcrtm;
            savedLocality = locality;
        }
        started = false;
        hcrtm = false;
    }

    /** Whether TPM2_Startup has succeeded. */
    public boolean started() {
        return started;
    }

    /** TPM2_Startup has succeeded from {@code startupLocality}, 0 or 3, after a TPM2_Shutdown or without one. */
    public void started(int startupLocality, boolean orderly) {
        started = true;
        locality = startupLocality;
        wasOrderly = orderly;
    }

    /** Whether TPM2_Shutdown preceded TPM2_Startup: TPMA_STARTUP_CLEAR.orderly. */
    public boolean wasOrderly() {
        return wasOrderly;
    }

    /** The locality of TPM2_Startup. */
    public int locality() {
        return locality;
    }

    /** Whether an H-CRTM event came before TPM2_Startup. */
    public boolean hcrtm() {
        return hcrtm;
    }

    /** Whether an H-CRTM event came before the start that TPM2_Shutdown(STATE) ended. */
    public boolean savedHcrtm() {
        return savedHcrtm;
    }

    /** The locality of the start that TPM2_Shutdown(STATE) ended. */
    public int savedLocality() {
        return savedLocality;
    }

    /** An H-CRTM event has been measured. */
    public void hcrtmMeasured() {
        hcrtm = true;
    }

    /** The tpmEstablishment flag: whether a hash sequence was started by the platform since the flag was reset. */
    public boolean established() {
        return established;
    }

    /** Sets or resets the tpmEstablishment flag. */
    public void established(boolean set) {
        established = set;
    }

    /** Stores how the TPM was started. */
    public void writeVolatile(TpmWriter out) {
        out.u8((started ? 1 : 0)
                | (hcrtm ? 2 : 0)
                | (established ? 4 : 0)
                | (wasOrderly ? 8 : 0)
                | (savedHcrtm ? 16 : 0));
        out.u8(locality);
        out.u8(savedLocality);
    }

    /** Restores what {@link #writeVolatile} stored. */
    public void readVolatile(TpmReader in) {
        int flags = in.u8();
        started = (flags & 1) != 0;
        hcrtm = (flags & 2) != 0;
        established = (flags & 4) != 0;
        wasOrderly = (flags & 8) != 0;
        savedHcrtm = (flags & 16) != 0;
        locality = in.u8();
        savedLocality = in.u8();
    }
}
