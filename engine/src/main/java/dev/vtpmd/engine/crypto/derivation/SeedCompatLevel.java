package dev.vtpmd.engine.crypto.derivation;

/**
 * Which of libtpms' two ways of making RSA primes belongs to a primary seed. It is stored with each seed and stays as long as
 * the seed; a new seed gets {@link #NEWEST}.
 */
public enum SeedCompatLevel {
    /** Seeds made by libtpms up to 0.7. */
    ORIGINAL,

    /** Seeds made by libtpms 0.8 or later, called RSA_PRIME_ADJUST_FIX there, and by this TPM. */
    RSA_PRIME_ADJUST_FIX;

    /** The level of a seed that is made now. */
    public static final SeedCompatLevel NEWEST = RSA_PRIME_ADJUST_FIX;

    /** The number that stands for the level in a state: 0 or 1. */
    public int value() {
        return ordinal();
    }

    /**
     * The level that {@code value} stands for.
     *
     * @throws IllegalArgumentException if it is neither 0 nor 1
     */
    public static SeedCompatLevel of(int value) {
        return switch (value) {
            case 0 -> ORIGINAL;
            case 1 -> RSA_PRIME_ADJUST_FIX;
            default -> throw new IllegalArgumentException("no seed compatibility level " + value);
        };
    }
}
