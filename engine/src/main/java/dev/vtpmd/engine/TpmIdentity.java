package dev.vtpmd.engine;

/** What every TPM of this engine says of itself, in TPM_PT (Part 2, 6.13) and to the tools that write its certificates. */
public final class TpmIdentity {
    /** TPM_PT_FAMILY_INDICATOR, without its NUL. */
    public static final String FAMILY = "2.0";

    /** TPM_PT_LEVEL. */
    public static final int LEVEL = 0;

    /** TPM_PT_REVISION: the version of the specification, times 100. */
    public static final int REVISION = 184;

    /** TPM_PT_MANUFACTURER: four characters of ASCII. */
    public static final String MANUFACTURER = "VTPM";

    /** TPM_PT_FIRMWARE_VERSION_1: the upper 32 bits of the version. */
    public static final int FIRMWARE_VERSION_1 = 0x00000001;

    /** TPM_PT_FIRMWARE_VERSION_2: the lower 32 bits of the version. */
    public static final int FIRMWARE_VERSION_2 = 0x00000000;

    /** The whole version, as attestations report it. */
    public static final long FIRMWARE_VERSION =
            (long) FIRMWARE_VERSION_1 << Integer.SIZE | Integer.toUnsignedLong(FIRMWARE_VERSION_2);

    private TpmIdentity() {}
}
