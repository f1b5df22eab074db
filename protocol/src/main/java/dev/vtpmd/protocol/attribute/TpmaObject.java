package dev.vtpmd.protocol.attribute;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

/**
 * TPMA_OBJECT: what an object may be used for (Part 2, 8.3), 32 bits on the wire.
 *
 * @param value the bits as on the wire
 */
public record TpmaObject(int value) {
    /** Bit 1: the hierarchy of the object may not change. */
    public static final int FIXED_TPM = 1 << 1;
    /** Bit 2: saved contexts of the object may not be loaded after Startup(CLEAR). */
    public static final int ST_CLEAR = 1 << 2;
    /** Bit 3: the object is bound to the firmware. */
    public static final int FIXED_FIRMWARE = 1 << 3;
    /** Bit 4: the parent of the object may not change. */
    public static final int FIXED_PARENT = 1 << 4;
    /** Bit 5: the TPM made the sensitive data, but for the authValue. */
    public static final int SENSITIVE_DATA_ORIGIN = 1 << 5;
    /** Bit 6: USER role actions may be authorized with the authValue, not only by policy. */
    public static final int USER_WITH_AUTH = 1 << 6;
    /** Bit 7: ADMIN role actions need a policy session. */
    public static final int ADMIN_WITH_POLICY = 1 << 7;
    /** Bit 8: the object exists only while the firmware is the same. */
    public static final int FIRMWARE_LIMITED = 1 << 8;
    /** Bit 9: the object is limited to a firmware security version number. */
    public static final int SVN_LIMITED = 1 << 9;
    /** Bit 10: the object is not subject to dictionary attack protection. */
    public static final int NO_DA = 1 << 10;
    /** Bit 11: duplication needs an inner wrapper and a new parent. */
    public static final int ENCRYPTED_DUPLICATION = 1 << 11;
    /** Bit 16: the key works only on structures that the TPM made or knows the format of. */
    public static final int RESTRICTED = 1 << 16;
    /** Bit 17: the private part may be used to decrypt. */
    public static final int DECRYPT = 1 << 17;
    /** Bit 18: the private part may be used to sign, or a symmetric key to encrypt. */
    public static final int SIGN = 1 << 18;
    /** Bit 19: the key signs X.509 certificates only. */
    public static final int X509_SIGN = 1 << 19;

    private static final int RESERVED = 0xFFF0F001;

    /**
     * Reads the attributes.
     *
     * @throws TpmException TPM_RC_RESERVED_BITS if a reserved bit is set
     */
    public static TpmaObject read(TpmReader in) {
        int value = in.u32();
        if ((value & RESERVED) != 0) {
            throw TpmException.of(TpmRc.RESERVED_BITS);
        }
        return new TpmaObject(value);
    }

    /** Writes the attributes. */
    public void write(TpmWriter out) {
        out.u32(value);
    }

    /** Whether the hierarchy of the object may not change. */
    public boolean fixedTpm() {
        return (value & FIXED_TPM) != 0;
    }

    /** Whether saved contexts of the object may not be loaded after Startup(CLEAR). */
    public boolean stClear() {
        return (value & ST_CLEAR) != 0;
    }

    /** Whether the object is bound to the firmware. */
    public boolean fixedFirmware() {
        return (value & FIXED_FIRMWARE) != 0;
    }

    /** Whether the parent of the object may not change. */
    public boolean fixedParent() {
        return (value & FIXED_PARENT) != 0;
    }

    /** Whether the TPM made the sensitive data, but for the authValue. */
    public boolean sensitiveDataOrigin() {
        return (value & SENSITIVE_DATA_ORIGIN) != 0;
    }

    /** Whether USER role actions may be authorized with the authValue, not only by policy. */
    public boolean userWithAuth() {
        return (value & USER_WITH_AUTH) != 0;
    }

    /** Whether ADMIN role actions need a policy session. */
    public boolean adminWithPolicy() {
        return (value & ADMIN_WITH_POLICY) != 0;
    }

    /** Whether the object exists only while the firmware is the same. */
    public boolean firmwareLimited() {
        return (value & FIRMWARE_LIMITED) != 0;
    }

    /** Whether the object is limited to a firmware security version number. */
    public boolean svnLimited() {
        return (value & SVN_LIMITED) != 0;
    }

    /** Whether the object is not subject to dictionary attack protection. */
    public boolean noDa() {
        return (value & NO_DA) != 0;
    }

    /** Whether duplication needs an inner wrapper and a new parent. */
    public boolean encryptedDuplication() {
        return (value & ENCRYPTED_DUPLICATION) != 0;
    }

    /** Whether the key works only on structures that the TPM made or knows the format of. */
    public boolean restricted() {
        return (value & RESTRICTED) != 0;
    }

    /** Whether the private part may be used to decrypt. */
    public boolean decrypt() {
        return (value & DECRYPT) != 0;
    }

    /** Whether the private part may be used to sign, or a symmetric key to encrypt. */
    public boolean sign() {
        return (value & SIGN) != 0;
    }

    /** Whether the key signs X.509 certificates only. */
    public boolean x509Sign() {
        return (value & X509_SIGN) != 0;
    }

    /** These attributes with {@code bits} set. */
    public TpmaObject with(int bits) {
        return new TpmaObject(value | bits);
    }

    /** These attributes with {@code bits} clear. */
    public TpmaObject without(int bits) {
        return new TpmaObject(value & ~bits);
    }
}
