package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_SESSION: how a session is used in one command (Part 2, 8.4), 8 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaSession(int value) {
    /** Bit 0: the session stays active after the command. */
    public static final int CONTINUE_SESSION = 1 << 0;
    /** Bit 1: the command may run only if the session is exclusive. */
    public static final int AUDIT_EXCLUSIVE = 1 << 1;
    /** Bit 2: the audit digest of the session starts anew. */
    public static final int AUDIT_RESET = 1 << 2;
    /** Bit 5: the first parameter of the command is encrypted. */
    public static final int DECRYPT = 1 << 5;
    /** Bit 6: the first parameter of the response is to be encrypted. */
    public static final int ENCRYPT = 1 << 6;
    /** Bit 7: the session is for audit. */
    public static final int AUDIT = 1 << 7;

    private static final int RESERVED = 0x18;

    /**
     * Reads the attributes.
     *
     * @throws TpmException TPM_RC_RESERVED_BITS if a reserved bit is set
     */
    public static TpmaSession read(TpmReader in) {
        int value = in.u8();
        if ((value & RESERVED) != 0) {
            throw TpmException.of(TpmRc.RESERVED_BITS);
        }
        return new TpmaSession(value);
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u8(value);
    }

    /** Whether the session stays active after the command. */
    public boolean continueSession() {
        return (value & CONTINUE_SESSION) != 0;
    }

    /** Whether the command may run only if the session is exclusive. */
    public boolean auditExclusive() {
        return (value & AUDIT_EXCLUSIVE) != 0;
    }

    /** Whether the audit digest of the session starts anew. */
    public boolean auditReset() {
        return (value & AUDIT_RESET) != 0;
    }

    /** Whether the first parameter of the command is encrypted. */
    public boolean decrypt() {
        return (value & DECRYPT) != 0;
    }

    /** Whether the first parameter of the response is to be encrypted. */
    public boolean encrypt() {
        return (value & ENCRYPT) != 0;
    }

    /** Whether the session is for audit. */
    public boolean audit() {
        return (value & AUDIT) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaSession with(int bits) {
        return new TpmaSession(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaSession without(int bits) {
        return new TpmaSession(value & ~bits);
    }
}
