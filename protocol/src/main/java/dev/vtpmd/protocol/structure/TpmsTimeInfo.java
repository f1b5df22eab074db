package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_TIME_INFO: a TPM's times (Part 2, 10.11.6).
 *
 * @param time milliseconds since the TPM was last powered on
 * @param clockInfo the clock
 */
public record TpmsTimeInfo(long time, TpmsClockInfo clockInfo) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE
     */
    public static TpmsTimeInfo read(TpmReader in) {
        return new TpmsTimeInfo(in.u64(), TpmsClockInfo.read(in));
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        out.u64(time);
        clockInfo.write(out);
    }
}
