package dev.vtpmd.protocol.constant;

/** TPM_NT: types of NV indices (Part 2, 13.2), 4 bits of TPMA_NV. */
public enum TpmNt {
    /** Data of any kind. */
    ORDINARY(0x0),
    /** An 8-octet counter that only goes up. */
    COUNTER(0x1),
    /** 64 bits that can only be set. */
    BITS(0x2),
    /** A digest that is extended as a PCR is. */
    EXTEND(0x4),
    /** Counts failed authorizations up to a limit. */
    PIN_FAIL(0x8),
    /** Counts successful authorizations up to a limit. */
    PIN_PASS(0x9);

    private static final TpmNt[] ALL = values();

    private final int value;

    TpmNt(int value) {
        this.value = value;
    }

    /** The value, 4 bits. */
    public int value() {
        return value;
    }

    /** The constant with this value, or null if there is none. */
    public static TpmNt of(int value) {
        for (TpmNt constant : ALL) {
            if (constant.value == value) {
                return constant;
            }
        }
        return null;
    }
}
