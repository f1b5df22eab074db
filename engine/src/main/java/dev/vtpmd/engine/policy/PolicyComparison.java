package dev.vtpmd.engine.policy;

import dev.vtpmd.protocol.constant.TpmEo;

import java.util.Arrays;

/** The comparisons of TPM2_PolicyNV and TPM2_PolicyCounterTimer (Part 2, 6.10). */
public final class PolicyComparison {
    private PolicyComparison() {}

    /**
     * Whether {@code a operation b} holds for two big-endian numbers of equal size. Two empty operands are equal; signed ones
     * are two's complement.
     */
    public static boolean holds(TpmEo operation, byte[] a, byte[] b) {
        int signed = compareSigned(a, b);
        int unsigned = Arrays.compareUnsigned(a, b);
        return switch (operation) {
            case EQ -> unsigned == 0;
            case NEQ -> unsigned != 0;
            case SIGNED_GT -> signed > 0;
            case UNSIGNED_GT -> unsigned > 0;
            case SIGNED_LT -> signed < 0;
            case UNSIGNED_LT -> unsigned < 0;
            case SIGNED_GE -> signed >= 0;
            case UNSIGNED_GE -> unsigned >= 0;
            case SIGNED_LE -> signed <= 0;
            case UNSIGNED_LE -> unsigned <= 0;
            case BITSET -> masked(a, b, true);
            case BITCLEAR -> masked(a, b, false);
        };
    }

    private static int compareSigned(byte[] a, byte[] b) {
        if (a.length == 0) {
            return 0;
        }
        boolean differentSigns = (a[0] ^ b[0]) < 0;
        return differentSigns ? Byte.compare(a[0], b[0]) : Arrays.compareUnsigned(a, b);
    }

    private static boolean masked(byte[] a, byte[] mask, boolean set) {
        for (int i = 0; i < mask.length; i++) {
            if ((a[i] & mask[i]) != (set ? mask[i] : 0)) {
                return false;
            }
        }
        return true;
    }
}
