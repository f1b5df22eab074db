package dev.vtpmd.protocol.constant;

/** TPM_RH: permanent handles (Part 2, 7.4). */
public final class TpmRh {
    /** The storage hierarchy and its authorization. */
    public static final int OWNER = 0x40000001;
    /** The null hierarchy, and the absence of a handle. */
    public static final int NULL = 0x40000007;
    /** Marks a handle that is not set, inside a TPM; never on the wire. */
    public static final int UNASSIGNED = 0x40000008;
    /** TPM_RS_PW: the password authorization in place of a session. */
    public static final int PASSWORD = 0x40000009;
    /** The dictionary attack lockout reset. */
    public static final int LOCKOUT = 0x4000000A;
    /** The endorsement hierarchy and its authorization. */
    public static final int ENDORSEMENT = 0x4000000B;
    /** The platform hierarchy and its authorization. */
    public static final int PLATFORM = 0x4000000C;
    /** The NV indices that the platform defined, for phEnableNV. */
    public static final int PLATFORM_NV = 0x4000000D;
    /** First of the vendor's authorization values. */
    public static final int AUTH_00 = 0x40000010;
    /** Last of the vendor's authorization values. */
    public static final int AUTH_FF = 0x4000010F;
    /** First authenticated countdown timer. */
    public static final int ACT_0 = 0x40000110;
    /** The other authenticated countdown timer that the reference code has. */
    public static final int ACT_A = 0x4000011A;
    /** Last authenticated countdown timer. */
    public static final int ACT_F = 0x4000011F;

    private TpmRh() {}
}
