package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMS_TIME_ATTEST_INFO: what TPM2_GetTime attests (Part 2, 10.12.2).
 *
 * @param time the times
 * @param firmwareVersion version of the firmware
 */
public record TpmsTimeAttestInfo(TpmsTimeInfo time, long firmwareVersion) implements TpmuAttest {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_VALUE
     */
    public static TpmsTimeAttestInfo read(TpmReader in) {
        return new TpmsTimeAttestInfo(TpmsTimeInfo.read(in), in.u64());
    }

    @Override
    public void write(TpmWriter out) {
        time.write(out);
        out.u64(firmwareVersion);
    }

    @Override
    public TpmSt type() {
        return TpmSt.ATTEST_TIME;
    }
}
