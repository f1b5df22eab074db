package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_PERMANENT: state that survives every reset (Part 2, 8.6), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaPermanent(int value) {
    /** Bit 0: ownerAuth was changed since the last TPM2_Clear. */
    public static final int OWNER_AUTH_SET = 1 << 0;
    /** Bit 1: endorsementAuth was changed since the last TPM2_Clear. */
    public static final int ENDORSEMENT_AUTH_SET = 1 << 1;
    /** Bit 2: lockoutAuth was changed since the last TPM2_Clear. */
    public static final int LOCKOUT_AUTH_SET = 1 << 2;
    /** Bit 8: TPM2_Clear is disabled. */
    public static final int DISABLE_CLEAR = 1 << 8;
    /** Bit 9: the TPM is in lockout. */
    public static final int IN_LOCKOUT = 1 << 9;
    /** Bit 10: the TPM made the endorsement primary seed. */
    public static final int TPM_GENERATED_EPS = 1 << 10;

    /** Reads the attributes. */
    public static TpmaPermanent read(TpmReader in) {
        return new TpmaPermanent(in.u32());
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether ownerAuth was changed since the last TPM2_Clear. */
    public boolean ownerAuthSet() {
        return (value & OWNER_AUTH_SET) != 0;
    }

    /** Whether endorsementAuth was changed since the last TPM2_Clear. */
    public boolean endorsementAuthSet() {
        return (value & ENDORSEMENT_AUTH_SET) != 0;
    }

    /** Whether lockoutAuth was changed since the last TPM2_Clear. */
    public boolean lockoutAuthSet() {
        return (value & LOCKOUT_AUTH_SET) != 0;
    }

    /** Whether TPM2_Clear is disabled. */
    public boolean disableClear() {
        return (value & DISABLE_CLEAR) != 0;
    }

    /** Whether the TPM is in lockout. */
    public boolean inLockout() {
        return (value & IN_LOCKOUT) != 0;
    }

    /** Whether the TPM made the endorsement primary seed. */
    public boolean tpmGeneratedEps() {
        return (value & TPM_GENERATED_EPS) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaPermanent with(int bits) {
        return new TpmaPermanent(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaPermanent without(int bits) {
        return new TpmaPermanent(value & ~bits);
    }
}
