package dev.vtpmd.protocol.constant;

/**
 * TPM_RC: what a TPM answers (Part 2, 6.6). Values are as on the wire, 32 bits, without a location; {@link
 * dev.vtpmd.protocol.wire.TpmException} adds the number of the parameter, handle or session.
 */
public enum TpmRc {
    SUCCESS(0x000),
    BAD_TAG(0x01E),
    INITIALIZE(0x100),
    FAILURE(0x101),
    SEQUENCE(0x103),
    PRIVATE(0x10B),
    HMAC(0x119),
    DISABLED(0x120),
    EXCLUSIVE(0x121),
    AUTH_TYPE(0x124),
    AUTH_MISSING(0x125),
    POLICY(0x126),
    PCR(0x127),
    PCR_CHANGED(0x128),
    UPGRADE(0x12D),
    TOO_MANY_CONTEXTS(0x12E),
    AUTH_UNAVAILABLE(0x12F),
    REBOOT(0x130),
    UNBALANCED(0x131),
    COMMAND_SIZE(0x142),
    COMMAND_CODE(0x143),
    AUTHSIZE(0x144),
    AUTH_CONTEXT(0x145),
    NV_RANGE(0x146),
    NV_SIZE(0x147),
    NV_LOCKED(0x148),
    NV_AUTHORIZATION(0x149),
    NV_UNINITIALIZED(0x14A),
    NV_SPACE(0x14B),
    NV_DEFINED(0x14C),
    BAD_CONTEXT(0x150),
    CPHASH(0x151),
    PARENT(0x152),
    NEEDS_TEST(0x153),
    NO_RESULT(0x154),
    SENSITIVE(0x155),
    READ_ONLY(0x156),
    ASYMMETRIC(0x081),
    ATTRIBUTES(0x082),
    HASH(0x083),
    VALUE(0x084),
    HIERARCHY(0x085),
    KEY_SIZE(0x087),
    MGF(0x088),
    MODE(0x089),
    TYPE(0x08A),
    HANDLE(0x08B),
    KDF(0x08C),
    RANGE(0x08D),
    AUTH_FAIL(0x08E),
    NONCE(0x08F),
    PP(0x090),
    SCHEME(0x092),
    SIZE(0x095),
    SYMMETRIC(0x096),
    TAG(0x097),
    SELECTOR(0x098),
    INSUFFICIENT(0x09A),
    SIGNATURE(0x09B),
    KEY(0x09C),
    POLICY_FAIL(0x09D),
    INTEGRITY(0x09F),
    TICKET(0x0A0),
    RESERVED_BITS(0x0A1),
    BAD_AUTH(0x0A2),
    EXPIRED(0x0A3),
    POLICY_CC(0x0A4),
    BINDING(0x0A5),
    CURVE(0x0A6),
    ECC_POINT(0x0A7),
    FW_LIMITED(0x0A8),
    SVN_LIMITED(0x0A9),
    PARMS(0x0AA),
    EXT_MU(0x0AB),
    ONE_SHOT_SIGNATURE(0x0AC),
    SIGN_CONTEXT_KEY(0x0AD),
    CHANNEL(0x0B0),
    CHANNEL_KEY(0x0B1),
    CONTEXT_GAP(0x901),
    OBJECT_MEMORY(0x902),
    SESSION_MEMORY(0x903),
    MEMORY(0x904),
    SESSION_HANDLES(0x905),
    OBJECT_HANDLES(0x906),
    LOCALITY(0x907),
    YIELDED(0x908),
    CANCELED(0x909),
    TESTING(0x90A),
    REFERENCE_H0(0x910),
    REFERENCE_S0(0x918),
    NV_RATE(0x920),
    LOCKOUT(0x921),
    RETRY(0x922),
    NV_UNAVAILABLE(0x923);

    /** Bit 7: a format-one code, which can carry a location (Part 2, 6.6.3). */
    public static final int FORMAT_ONE = 0x080;
    /** Bit 6 of a format-one code: the location is a parameter. */
    public static final int PARAMETER = 0x040;
    /** Bit 11 of a format-one code: the location is a session. */
    public static final int SESSION = 0x800;
    /** Where the number of a location starts in a format-one code. */
    public static final int NUMBER_SHIFT = 8;

    private static final int FORMAT_ONE_BASE = 0x0BF;

    private final int value;

    TpmRc(int value) {
        this.value = value;
    }

    /** The code as on the wire, without a location. */
    public int value() {
        return value;
    }

    /** {@code code} without the number of its parameter, handle or session, if it has one. */
    public static int withoutLocation(int code) {
        return (code & FORMAT_ONE) != 0 ? code & FORMAT_ONE_BASE : code;
    }

    /** A name for logs, such as {@code TPM_RC_VALUE of parameter 2 (0x2C4)}. */
    public static String describe(int code) {
        int base = withoutLocation(code);
        String name = "unknown code";
        for (TpmRc rc : values()) {
            if (rc.value == base) {
                name = "TPM_RC_" + rc.name();
            }
        }
        return name + location(code) + " (0x%03X)".formatted(code);
    }

    private static String location(int code) {
        if ((code & FORMAT_ONE) == 0 || code == withoutLocation(code)) {
            return "";
        }
        if ((code & PARAMETER) != 0) {
            return " of parameter " + (code >> NUMBER_SHIFT & 0xF);
        }
        String kind = (code & SESSION) != 0 ? " of session " : " of handle ";
        return kind + (code >> NUMBER_SHIFT & 0x7);
    }
}
