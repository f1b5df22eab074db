package dev.vtpmd.engine.command.testing;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.command.CommandTable;
import dev.vtpmd.engine.command.capability.TpmProperties;
import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.constant.TpmCc;
import dev.vtpmd.protocol.constant.TpmPt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * What a TPM in failure mode answers: TPM2_GetTestResult, and of TPM2_GetCapability the properties that tell what TPM it is,
 * without sessions. Everything else is TPM_RC_FAILURE (Part 1, 12.5; Part 3, 10.1).
 */
public final class FailureModeCommands {
    private static final int HEADER_SIZE = 10;
    private static final int GET_CAPABILITY_SIZE = 22;
    private static final int SIZE_OFFSET = 2;

    private final TpmState tpm;
    private final TpmProperties properties;

    /** The answers of {@code tpm}. */
    public FailureModeCommands(TpmState tpm, CommandTable table) {
        this.tpm = tpm;
        this.properties = new TpmProperties(tpm, table);
    }

    /**
     * Answers the command in {@code in} into {@code out}.
     *
     * @throws TpmException TPM_RC_FAILURE
     */
    public void execute(TpmReader in, TpmWriter out) {
        int received = in.remaining();
        if (received < HEADER_SIZE || in.u16() != TpmSt.NO_SESSIONS.value() || in.u32() != received) {
            throw TpmException.of(TpmRc.FAILURE);
        }
        int code = in.u32();
        int start = out.position();
        out.u16(TpmSt.NO_SESSIONS.value());
        out.u32(0);
        out.u32(TpmRc.SUCCESS.value());
        if (code == TpmCc.GET_TEST_RESULT.value() && received == HEADER_SIZE) {
            GetTestResult.write(tpm.failureMode(), out);
        } else if (code == TpmCc.GET_CAPABILITY.value() && received == GET_CAPABILITY_SIZE) {
            capability(in, out);
        } else {
            throw TpmException.of(TpmRc.FAILURE);
        }
        out.putU32(start + SIZE_OFFSET, out.position() - start);
    }

    /** At most one property; one beyond the last is answered as the last, as in the reference implementation. */
    private void capability(TpmReader in, TpmWriter out) {
        if (in.u32() != TpmCap.TPM_PROPERTIES.value()) {
            throw TpmException.of(TpmRc.FAILURE);
        }
        int asked = in.u32();
        boolean wanted = in.u32() != 0;
        int first = TpmPt.MANUFACTURER.value();
        int last = TpmPt.FIRMWARE_VERSION_2.value();
        int property = Integer.compareUnsigned(asked, first) < 0 ? first : asked;
        boolean beyond = Integer.compareUnsigned(property, last) >= 0;
        out.yesNo(!beyond);
        out.u32(TpmCap.TPM_PROPERTIES.value());
        out.u32(wanted ? 1 : 0);
        if (wanted) {
            out.u32(property);
            out.u32(properties.value(TpmPt.of(beyond ? last : property)));
        }
    }
}
