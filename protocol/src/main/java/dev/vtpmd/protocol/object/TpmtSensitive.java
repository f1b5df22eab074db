package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.AlgorithmType;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.Tpm2bType;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Optional;

/**
 * TPMT_SENSITIVE: the secrets of an object (Part 2, 12.3.2.4). Whoever holds one wipes it when done.
 *
 * @param sensitiveType the type of the object: RSA, ECC, KEYEDHASH or SYMCIPHER
 * @param authValue the authorization value
 * @param seedValue of a storage key, the seed of what protects its children; of a symmetric object, what obfuscates its
 *     unique value
 * @param sensitive one prime of the modulus, the private scalar, the data or HMAC key, or the symmetric key
 */
public record TpmtSensitive(TpmAlgId sensitiveType, Tpm2b authValue, Tpm2b seedValue, Tpm2b sensitive) {
    /**
     * Reads the structure.
     *
     * @throws TpmException TPM_RC_TYPE, TPM_RC_SIZE
     */
    public static TpmtSensitive read(TpmReader in) {
        TpmAlgId sensitiveType = AlgorithmType.TPMI_ALG_PUBLIC.read(in);
        return new TpmtSensitive(
                sensitiveType,
                Tpm2bType.AUTH.read(in),
                Tpm2bType.DIGEST.read(in),
                composite(sensitiveType).read(in));
    }

    /**
     * Reads a TPM2B_SENSITIVE, which may be empty (Part 2, 12.3.2.5).
     *
     * @return the structure, or nothing if the size is 0
     * @throws TpmException TPM_RC_SIZE if the size is not what the structure takes, and what that throws
     */
    public static Optional<TpmtSensitive> readSized(TpmReader in) {
        int start = in.position();
        if (in.u16() == 0) {
            return Optional.empty();
        }
        in.position(start);
        return Optional.of(in.sized(TpmtSensitive::read));
    }

    /** The kind of TPM2B of the member of TPMU_SENSITIVE_COMPOSITE (Part 2, 12.3.2.3). */
    private static Tpm2bType composite(TpmAlgId sensitiveType) {
        return switch (sensitiveType) {
            case RSA -> Tpm2bType.PRIVATE_KEY_RSA;
            case ECC -> Tpm2bType.ECC_PARAMETER;
            case KEYEDHASH -> Tpm2bType.SENSITIVE_DATA;
            case SYMCIPHER -> Tpm2bType.SYM_KEY;
            default -> throw TpmException.of(TpmRc.SELECTOR);
        };
    }

    /** Writes the structure. */
    public void write(TpmWriter out) {
        sensitiveType.write(out);
        authValue.write(out);
        seedValue.write(out);
        sensitive.write(out);
    }

    /** These secrets with {@code newAuthValue} as their {@code authValue}. The others are shared, not copied. */
    public TpmtSensitive withAuthValue(Tpm2b newAuthValue) {
        return new TpmtSensitive(sensitiveType, newAuthValue, seedValue, sensitive);
    }

    /** Overwrites the secrets with zeros. */
    public void wipe() {
        authValue.wipe();
        seedValue.wipe();
        sensitive.wipe();
    }
}
