package dev.vtpmd.engine.object;

import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmsSymcipherParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmuPublicParms;
import dev.vtpmd.protocol.wire.TpmException;

/** Whether the schemes and algorithms of a public area suit its attributes (Part 1, 25.2.3 to 25.2.6; Part 2, 12.2.3). */
public final class SchemeChecks {
    private SchemeChecks() {}

    /**
     * Checks the parameters of {@code area}.
     *
     * @param parent the parent; null for a primary or external object
     * @throws TpmException TPM_RC_SCHEME, TPM_RC_SYMMETRIC, TPM_RC_KDF, TPM_RC_HASH; without location
     */
    public static void check(TpmObject parent, TpmtPublic area) {
        TpmaObject attributes = area.objectAttributes();
        switch (area.parameters()) {
            case TpmsKeyedhashParms keyedHash -> checkKeyedHash(attributes, keyedHash.scheme());
            case TpmsSymcipherParms cipher -> {
                if (attributes.decrypt() && cipher.sym().mode() == TpmAlgId.CMAC) {
                    throw TpmException.of(TpmRc.SCHEME);
                }
                checkStorageKey(parent, area, cipher.sym());
            }
            case TpmsRsaParms rsa -> {
                checkAsymmetric(area, rsa.scheme(), rsa.symmetric());
                checkStorageKey(parent, area, rsa.symmetric());
            }
            case TpmsEccParms ecc -> {
                checkAsymmetric(area, ecc.scheme(), ecc.symmetric());
                if (!ecc.kdf().isNull()) {
                    throw TpmException.of(TpmRc.KDF);
                }
                checkStorageKey(parent, area, ecc.symmetric());
            }
        }
    }

    private static void checkKeyedHash(TpmaObject attributes, TpmtKeyedhashScheme scheme) {
        TpmAlgId required;
        if (attributes.sign() == attributes.decrypt()) {
            required = TpmAlgId.NULL;
        } else {
            required = attributes.sign() ? TpmAlgId.HMAC : TpmAlgId.XOR;
        }
        require(scheme.scheme() == required);
        boolean derivationParent = required == TpmAlgId.XOR && attributes.restricted();
        require(!derivationParent || scheme.kdf() == TpmAlgId.KDF1_SP800_108);
    }

    private static void checkAsymmetric(TpmtPublic area, TpmtAsymScheme scheme, TpmtSymDefObject symmetric) {
        TpmaObject attributes = area.objectAttributes();
        if (attributes.sign() == attributes.decrypt()) {
            require(scheme.isNull());
        } else if (attributes.sign()) {
            if (isSigningScheme(area.type(), scheme.scheme())) {
                require(scheme.hashAlg() != TpmiAlgHash.NULL);
            } else {
                require(scheme.isNull() && !attributes.restricted());
            }
        } else {
            boolean suits = !attributes.restricted() && isDecryptionScheme(area.type(), scheme.scheme());
            require(scheme.isNull() || suits);
        }
        if (!isStorageKey(attributes) && !symmetric.isNull()) {
            throw TpmException.of(TpmRc.SYMMETRIC);
        }
    }

    /** A storage key that cannot leave its parent protects its children with the algorithms that protect itself. */
    private static void checkStorageKey(TpmObject parent, TpmtPublic area, TpmtSymDefObject symmetric) {
        if (!isStorageKey(area.objectAttributes())) {
            return;
        }
        if (symmetric.isNull()) {
            throw TpmException.of(TpmRc.SYMMETRIC);
        }
        if (parent == null || !area.objectAttributes().fixedParent()) {
            return;
        }
        if (area.nameAlg() != parent.nameAlg()) {
            throw TpmException.of(TpmRc.HASH);
        }
        if (!symmetric.equals(childProtection(parent.publicArea().parameters()))) {
            throw TpmException.of(TpmRc.SYMMETRIC);
        }
    }

    /** The block cipher with which a storage key protects its children; NULL for a key of another kind. */
    static TpmtSymDefObject childProtection(TpmuPublicParms parameters) {
        return switch (parameters) {
            case TpmsRsaParms rsa -> rsa.symmetric();
            case TpmsEccParms ecc -> ecc.symmetric();
            case TpmsSymcipherParms cipher -> cipher.sym();
            case TpmsKeyedhashParms keyedHash -> TpmtSymDefObject.NULL;
        };
    }

    private static boolean isStorageKey(TpmaObject attributes) {
        return attributes.restricted() && attributes.decrypt();
    }

    private static boolean isSigningScheme(TpmAlgId type, TpmAlgId scheme) {
        return switch (scheme) {
            case RSASSA, RSAPSS -> type == TpmAlgId.RSA;
            case ECDSA, ECDAA, SM2, ECSCHNORR -> type == TpmAlgId.ECC;
            default -> false;
        };
    }

    private static boolean isDecryptionScheme(TpmAlgId type, TpmAlgId scheme) {
        return switch (scheme) {
            case RSAES, OAEP -> type == TpmAlgId.RSA;
            case ECDH, SM2, ECMQV -> type == TpmAlgId.ECC;
            default -> false;
        };
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw TpmException.of(TpmRc.SCHEME);
        }
    }
}
