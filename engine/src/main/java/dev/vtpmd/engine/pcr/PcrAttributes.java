package dev.vtpmd.engine.pcr;

/**
 * What the PC Client Platform TPM Profile (4.6.2) lays down for each of the 24 PCRs. Localities are bit masks, bit n for
 * locality n.
 *
 * @param saved kept over TPM2_Shutdown(STATE) and TPM2_Startup(STATE)
 * @param extendLocalities from which it may be extended
 * @param resetLocalities from which TPM2_PCR_Reset may reset it; locality 4 stands for a D-RTM event, not for the command
 * @param counted whether a change counts in pcrUpdateCounter
 */
public record PcrAttributes(boolean saved, int extendLocalities, int resetLocalities, boolean counted) {
    /** Number of PCRs. */
    public static final int COUNT = 24;
    /** The PCR of the H-CRTM, extended by a hash sequence before TPM2_Startup. */
    public static final int H_CRTM_PCR = 0;
    /** The PCR of the D-RTM, extended by a hash sequence after TPM2_Startup. */
    public static final int D_RTM_PCR = 17;

    private static final int LOCALITY_4 = 1 << 4;
    private static final int ALL = 0b11111;
    private static final PcrAttributes STATIC = new PcrAttributes(true, ALL, 0, true);
    private static final PcrAttributes DEBUG = new PcrAttributes(false, ALL, 0b01111, false);
    private static final PcrAttributes D_RTM = new PcrAttributes(false, 0b11100, LOCALITY_4, true);
    private static final PcrAttributes D_RTM_USE = new PcrAttributes(false, 0b01100, LOCALITY_4, true);
    private static final PcrAttributes OPERATING_SYSTEM = new PcrAttributes(false, 0b01110, 0b11100, true);
    private static final PcrAttributes OPERATING_SYSTEM_2 = new PcrAttributes(false, 0b00100, 0b11100, false);

    /** The attributes of PCR {@code pcr}, 0 to 23. */
    public static PcrAttributes of(int pcr) {
        return switch (pcr) {
            case 16, 23 -> DEBUG;
            case 17, 18 -> D_RTM;
            case 19 -> D_RTM_USE;
            case 20 -> OPERATING_SYSTEM;
            case 21, 22 -> OPERATING_SYSTEM_2;
            default -> STATIC;
        };
    }

    /** Whether the PCR may be extended from {@code locality}; never from an extended locality. */
    public boolean extendableFrom(int locality) {
        return locality <= 4 && (extendLocalities >> locality & 1) != 0;
    }

    /** Whether TPM2_PCR_Reset may reset the PCR from {@code locality}; never from locality 4 or an extended one. */
    public boolean resettableFrom(int locality) {
        return locality < 4 && (resetLocalities >> locality & 1) != 0;
    }

    /** Whether a D-RTM event resets the PCR. */
    public boolean resetByDrtm() {
        return (resetLocalities & LOCALITY_4) != 0;
    }
}
