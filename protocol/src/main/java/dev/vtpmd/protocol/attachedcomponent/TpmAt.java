package dev.vtpmd.protocol.attachedcomponent;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;

/** TPM_AT: what a value of an attached component is (Part 2, 16), 32 bits on the wire, compared without sign. */
public final class TpmAt {
    /** In a command, any value; in a response, that the data has no meaning. */
    public static final int ANY = 0x00000000;
    /** A TPM_AE: an error that the TCG has defined. */
    public static final int ERROR = 0x00000001;
    /** The upper 32 bits of a pairing value. */
    public static final int PV1 = 0x00000002;
    /** Added to what a vendor has defined. */
    public static final int VEND = 0x80000000;

    /** TPM_AE_NONE, a value of {@link #ERROR}: there is no error (Part 2, 16). */
    public static final int AE_NONE = 0x00000000;

    private TpmAt() {}

    /**
     * Reads one.
     *
     * @throws TpmException TPM_RC_VALUE if it is neither defined nor a vendor's
     */
    public static int read(TpmReader in) {
        int value = in.u32();
        if (value != ANY && value != ERROR && value != PV1 && (value & VEND) == 0) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return value;
    }
}
