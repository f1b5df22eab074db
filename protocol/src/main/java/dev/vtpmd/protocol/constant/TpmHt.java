package dev.vtpmd.protocol.constant;

/**
 * TPM_HT: what the top byte of a handle says of it (Part 2, 7.2), and the ranges of handles that follow (Part 2, 7.5). A
 * handle is compared as an unsigned 32-bit number.
 */
public enum TpmHt {
    PCR(0x00),
    NV_INDEX(0x01),
    /** Also TPM_HT_LOADED_SESSION, where TPM2_GetCapability lists sessions. */
    HMAC_SESSION(0x02),
    /** Also TPM_HT_SAVED_SESSION, where TPM2_GetCapability lists sessions. */
    POLICY_SESSION(0x03),
    EXTERNAL_NV(0x11),
    PERMANENT_NV(0x12),
    PERMANENT(0x40),
    TRANSIENT(0x80),
    PERSISTENT(0x81),
    AC(0x90);

    /** Number of PCRs. */
    public static final int PCR_COUNT = 24;
    /** Number of sessions, loaded or saved, that can exist at a time. */
    public static final int MAX_ACTIVE_SESSIONS = 64;
    /** Number of objects that can be loaded at a time. */
    public static final int MAX_LOADED_OBJECTS = 3;

    /** Handle of the first session that is an HMAC session. */
    public static final int HMAC_SESSION_FIRST = 0x02000000;
    /** Handle of the first session that is a policy session. */
    public static final int POLICY_SESSION_FIRST = 0x03000000;
    /** Handle of the first object slot. */
    public static final int TRANSIENT_FIRST = 0x80000000;
    /** First persistent object of the owner. */
    public static final int PERSISTENT_FIRST = 0x81000000;
    /** First persistent object of the platform. */
    public static final int PLATFORM_PERSISTENT_FIRST = 0x81800000;
    /** Last persistent object, of the platform. */
    public static final int PERSISTENT_LAST = 0x81FFFFFF;
    /** First NV index. */
    public static final int NV_INDEX_FIRST = 0x01000000;
    /** Last NV index. */
    public static final int NV_INDEX_LAST = 0x01FFFFFF;

    /** First attached component. */
    public static final int AC_FIRST = 0x90000000;
    /** Last attached component. */
    public static final int AC_LAST = 0x9000FFFF;
    /** NV index whose attributes say who may send to the first attached component; those of the others follow. */
    public static final int NV_AC_FIRST = 0x01D00000;

    private static final int SHIFT = 24;
    private static final int NUMBER = 0x00FFFFFF;
    private static final TpmHt[] ALL = values();

    private final int value;

    TpmHt(int value) {
        this.value = value;
    }

    /** The value, 8 bits. */
    public int value() {
        return value;
    }

    /** The first handle of this type. */
    public int first() {
        return value << SHIFT;
    }

    /** Whether {@code handle} is of this type. */
    public boolean holds(int handle) {
        return handle >>> SHIFT == value;
    }

    /** The type of {@code handle}, or null if there is no such type. */
    public static TpmHt of(int handle) {
        for (TpmHt type : ALL) {
            if (type.holds(handle)) {
                return type;
            }
        }
        return null;
    }

    /** The low 24 bits of {@code handle}: the number of the PCR, session slot or object slot. */
    public static int number(int handle) {
        return handle & NUMBER;
    }
}
