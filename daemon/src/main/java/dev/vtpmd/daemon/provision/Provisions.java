package dev.vtpmd.daemon.provision;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.wire.AlgorithmProfile;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a new TPM is to have.
 *
 * @param endorsementKeys these endorsement keys with their certificates; the platform certificate comes with the first
 * @param storageRootKey whether the storage root key is at 0x81000001
 * @param deviceIdentity whether it has IDevID and IAK with their certificates
 */
public record Provisions(Set<EndorsementKey> endorsementKeys, boolean storageRootKey, boolean deviceIdentity) {
    /** What the TCG PC Client profile expects of a TPM: an RSA-2048 and an ECC P-384 endorsement key. */
    public static final Provisions DEFAULT =
            new Provisions(EnumSet.of(EndorsementKey.RSA2048, EndorsementKey.ECC_P384), false, false);
    /** Nothing: the TPM has its seeds alone. */
    public static final Provisions NONE = new Provisions(Set.of(), false, false);

    /** Copies the keys, in the order of their handles. */
    public Provisions {
        Set<EndorsementKey> ordered = EnumSet.noneOf(EndorsementKey.class);
        ordered.addAll(endorsementKeys);
        endorsementKeys = Collections.unmodifiableSet(ordered);
    }

    /** Whether there is anything to do. */
    boolean any() {
        return storageRootKey || deviceIdentity || !endorsementKeys.isEmpty();
    }

    /**
     * Checks that a TPM with {@code profile} can have them, and that there is what certificates of the device refer to.
     *
     * @throws IllegalArgumentException with one line that says what cannot be
     */
    public void requirePossible(AlgorithmProfile profile) {
        for (EndorsementKey key : endorsementKeys) {
            int bits = rsaBits(key);
            if (bits != 0 && !profile.offersKeyBits(TpmAlgId.RSA, bits)) {
                throw new IllegalArgumentException("the profile " + profile.name() + " has no RSA keys of " + bits
                        + " bits; of the endorsement keys it can have "
                        + Arrays.stream(EndorsementKey.values())
                                .filter(other ->
                                        rsaBits(other) == 0 || profile.offersKeyBits(TpmAlgId.RSA, rsaBits(other)))
                                .map(EndorsementKey::word)
                                .collect(Collectors.joining(", ")));
            }
        }
        if (deviceIdentity && endorsementKeys.isEmpty()) {
            throw new IllegalArgumentException(
                    "the certificates of IDevID and IAK name the TPM by its endorsement key: it needs one");
        }
    }

    private static int rsaBits(EndorsementKey key) {
        return switch (key) {
            case RSA2048 -> 2048;
            case RSA3072 -> 3072;
            case RSA4096 -> 4096;
            case ECC_P256, ECC_P384, ECC_P521 -> 0;
        };
    }
}
