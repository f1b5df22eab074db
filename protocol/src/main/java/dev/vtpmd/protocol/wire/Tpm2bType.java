package dev.vtpmd.protocol.wire;

import java.util.function.ToIntFunction;

/**
 * The kinds of opaque TPM2B, which differ in the largest size that a TPM accepts (Part 2, 10.4 and where else each is
 * defined). All of them may be empty.
 */
public enum Tpm2bType {
    DIGEST(AlgorithmProfile::largestDigest),
    NONCE(AlgorithmProfile::largestDigest),
    AUTH(AlgorithmProfile::largestDigest),
    OPERAND(AlgorithmProfile::largestDigest),
    DATA(profile -> Size.UINT16 + profile.largestDigest()),
    EVENT(1024),
    MAX_BUFFER(1024),
    MAX_NV_BUFFER(1024),
    TIMEOUT(8),
    IV(16),
    /** A digest after the identifier of its algorithm, or a handle, whose alignment the union TPMU_NAME takes (Part 2, 10.5.2). */
    NAME(profile -> Size.aligned(Size.UINT16 + profile.largestDigest())),
    SYM_KEY(32),
    LABEL(32),
    SENSITIVE_DATA(128),
    PUBLIC_KEY_RSA(AlgorithmProfile::largestRsaModulus),
    /** On the wire one prime; as in the reference there is room for a key in Chinese remainder form. */
    PRIVATE_KEY_RSA(Size::rsaPrivate),
    ECC_PARAMETER(AlgorithmProfile::largestCoordinate),
    ENCRYPTED_SECRET(profile -> Math.max(profile.largestRsaModulus(), Size.eccPoint(profile))),
    /** A TPMT_PUBLIC, which is looked into later. */
    TEMPLATE(profile -> Size.PUBLIC_WITHOUT_DIGEST_AND_UNIQUE
            + profile.largestDigest()
            + Math.max(Size.UINT16 + profile.largestRsaModulus(), Size.eccPoint(profile))),
    /** Two digests, each with its size, around a TPM2B_SENSITIVE. */
    PRIVATE(profile -> 4 * Size.digest(profile) + 3 * Size.UINT16 + Size.rsaPrivate(profile)),
    ID_OBJECT(profile -> 2 * Size.digest(profile)),
    CONTEXT_DATA(4096);

    private final ToIntFunction<AlgorithmProfile> maximum;

    Tpm2bType(int maximum) {
        this(profile -> maximum);
    }

    Tpm2bType(ToIntFunction<AlgorithmProfile> maximum) {
        this.maximum = maximum;
    }

    /** The largest size in bytes, without the size field, that a TPM with {@code profile} accepts. */
    public int maximum(AlgorithmProfile profile) {
        return maximum.applyAsInt(profile);
    }

    /**
     * Reads one.
     *
     * @throws TpmException TPM_RC_SIZE if it is too large, TPM_RC_INSUFFICIENT if its bytes are not all there
     */
    public Tpm2b read(TpmReader in) {
        return Tpm2b.read(in, maximum.applyAsInt(in.profile()));
    }

    /** Sizes in bytes of what some of the kinds have room for. */
    private static final class Size {
        static final int UINT16 = 2;

        /** Type, nameAlg, attributes, size of authPolicy, and TPMS_ECC_PARMS with an ECDAA scheme. */
        static final int PUBLIC_WITHOUT_DIGEST_AND_UNIQUE = 2 + 2 + 4 + 2 + (6 + 6 + 2 + 4);

        /** The next multiple of the size of a handle. */
        static int aligned(int size) {
            return (size + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
        }

        static int digest(AlgorithmProfile profile) {
            return UINT16 + profile.largestDigest();
        }

        static int eccPoint(AlgorithmProfile profile) {
            return 2 * (UINT16 + profile.largestCoordinate());
        }

        /** Five numbers of half the size of the modulus. */
        static int rsaPrivate(AlgorithmProfile profile) {
            return 5 * profile.largestRsaModulus() / 2;
        }
    }
}
