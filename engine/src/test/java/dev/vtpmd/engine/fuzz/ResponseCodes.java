package dev.vtpmd.engine.fuzz;

import dev.vtpmd.protocol.constant.TpmRc;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Which response codes there are (Part 2, 6.6). */
final class ResponseCodes {
    private static final Set<Integer> KNOWN =
            Arrays.stream(TpmRc.values()).map(TpmRc::value).collect(Collectors.toSet());
    private static final int HANDLE_BITS = 0x800;
    private static final int NUMBER = 0xF00;
    private static final int REFERENCE_H0 = 0x910;
    private static final int REFERENCE_S6 = 0x91E;

    private ResponseCodes() {}

    /** Whether a TPM can answer {@code code}: one of Part 2's, in format one with a location that commands have. */
    static boolean exists(int code) {
        if ((code & TpmRc.FORMAT_ONE) == 0) {
            return KNOWN.contains(code) || (code >= REFERENCE_H0 && code <= REFERENCE_S6);
        }
        boolean numbered = (code & NUMBER & ~((code & TpmRc.PARAMETER) != 0 ? 0 : HANDLE_BITS)) != 0;
        boolean located = (code & (TpmRc.PARAMETER | NUMBER)) != 0;
        return code < 0x1000 && KNOWN.contains(TpmRc.withoutLocation(code)) && numbered == located;
    }
}
