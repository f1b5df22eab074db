package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_CLOCK_INFO: a TPM's idea of time since it was made or cleared (Part 2, 10.11.1).
 *
 * @param clock milliseconds that the TPM was powered
 * @param resetCount number of TPM Resets since TPM2_Clear
 * @param restartCount number of TPM Restarts and Resumes since the last TPM Reset
 * @param safe whether no greater clock was reported before
 */
public record TpmsClockInfo(long clock, int resetCount, int restartCount, boolean safe) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE
     */
    public static TpmsClockInfo read(TpmReader in) {
        return new TpmsClockInfo(in.u64(), in.u32(), in.u32(), in.yesNo());
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u64(clock);
        out.u32(resetCount);
        out.u32(restartCount);
        out.yesNo(safe);
    }
}
