package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.derivation.SymmetricKeys;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmsSymcipherParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.object.TpmuPublicId;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

/**
 * Whether the key of an object is well formed, and its sensitive area belongs to its public area (Part 3, 12.2 and 12.3; Part 1,
 * 27.4). Needed for objects that come from outside; what this TPM has wrapped itself it has checked before.
 */
public final class KeyChecks {
    private static final int LEAST_EXPONENT = 7;
    private static final int LARGEST_SEALED_DATA = 128;

    private final TpmState tpm;
    private final SymmetricUnique symmetricUnique;
    private final int publicParameter;
    private final int sensitiveParameter;

    /** Checks for a command that has public and sensitive area in the parameters with these numbers. */
    public KeyChecks(TpmState tpm, int publicParameter, int sensitiveParameter) {
        this.tpm = tpm;
        this.symmetricUnique = new SymmetricUnique(tpm.digests(), tpm.hmacs());
        this.publicParameter = publicParameter;
        this.sensitiveParameter = sensitiveParameter;
    }

    /**
     * Checks an object.
     *
     * @param sensitive the sensitive area, or null
     * @throws TpmException TPM_RC_TYPE, TPM_RC_SIZE, TPM_RC_KEY, TPM_RC_VALUE, TPM_RC_KEY_SIZE, TPM_RC_ECC_POINT with the number
     *     of the parameter; TPM_RC_BINDING, and TPM_RC_KEY_SIZE of an ECC key, without
     */
    public void check(TpmtPublic area, TpmtSensitive sensitive) {
        TpmiAlgHash nameAlg = area.nameAlg();
        if (sensitive != null) {
            requireSensitive(sensitive.sensitiveType() == area.type(), TpmRc.TYPE);
            boolean fits = sensitive.authValue().size() <= nameAlg.digestSize();
            requireSensitive(fits || nameAlg == TpmiAlgHash.NULL, TpmRc.SIZE);
        }
        switch (area.parameters()) {
            case TpmsRsaParms rsa -> checkRsa(rsa, (TpmuPublicId.Rsa) area.unique(), sensitive);
            case TpmsEccParms ecc -> checkEcc(area, EccCurve.of(ecc.curveID()), sensitive);
            case TpmsSymcipherParms cipher -> {
                if (sensitive != null) {
                    Tpm2b key = sensitive.sensitive();
                    boolean fits = key.size() == cipher.sym().keyBytes();
                    requireSensitive(fits, TpmRc.KEY_SIZE);
                    boolean accepted = SymmetricKeys.accepts(cipher.sym().algorithm(), key.bytes());
                    requireSensitive(accepted, TpmRc.KEY);
                }
                checkUnique(area, ((TpmuPublicId.Sym) area.unique()).sym(), sensitive);
            }
            case TpmsKeyedhashParms keyedHash -> {
                if (sensitive != null) {
                    int size = sensitive.sensitive().size();
                    requireSensitive(size <= largestSecret(keyedHash.scheme()), TpmRc.KEY_SIZE);
                }
                checkUnique(area, ((TpmuPublicId.KeyedHash) area.unique()).keyedHash(), sensitive);
            }
        }
        boolean parent =
                area.objectAttributes().restricted() && area.objectAttributes().decrypt();
        if (parent && sensitive != null && nameAlg != TpmiAlgHash.NULL) {
            int seedSize = sensitive.seedValue().size();
            boolean fits = seedSize >= nameAlg.digestSize() / 2 && seedSize <= nameAlg.digestSize();
            requireSensitive(fits, TpmRc.SIZE);
        }
    }

    private void checkRsa(TpmsRsaParms parameters, TpmuPublicId.Rsa unique, TpmtSensitive sensitive) {
        int size = parameters.keyBits() / Byte.SIZE;
        requirePublic(isFull(unique.rsa(), size), TpmRc.KEY);
        int exponent = parameters.exponent();
        boolean tooSmall = exponent != 0 && Integer.compareUnsigned(exponent, LEAST_EXPONENT) < 0;
        requirePublic(!tooSmall, TpmRc.VALUE);
        if (sensitive != null) {
            requireSensitive(isFull(sensitive.sensitive(), size / 2), TpmRc.KEY_SIZE);
        }
    }

    /** Whether {@code number} has {@code size} bytes, the first of them with its highest bit SET. */
    private static boolean isFull(Tpm2b number, int size) {
        return number.size() == size && number.bytes()[0] < 0;
    }

    private void checkEcc(TpmtPublic area, EccCurve curve, TpmtSensitive sensitive) {
        TpmsEccPoint unique = ((TpmuPublicId.Ecc) area.unique()).ecc();
        EccPoint point = EccPoint.of(unique.x().bytes(), unique.y().bytes());
        boolean named = area.nameAlg() != TpmiAlgHash.NULL;
        if (sensitive == null) {
            int size = curve.coordinateSize();
            requirePublic(unique.x().size() == size && unique.y().size() == size, TpmRc.KEY);
            requirePublic(!named || curve.contains(point), TpmRc.ECC_POINT);
            return;
        }
        EccPrivateKey key = requirePrivateKey(curve, sensitive.sensitive());
        if (named && !tpm.ecc().publicPoint(key).equals(point)) {
            throw TpmException.of(TpmRc.BINDING);
        }
    }

    private static EccPrivateKey requirePrivateKey(EccCurve curve, Tpm2b scalar) {
        try {
            return EccPrivateKey.of(curve, scalar.bytes());
        } catch (IllegalArgumentException e) {
            throw TpmException.of(TpmRc.KEY_SIZE);
        }
    }

    private void checkUnique(TpmtPublic area, Tpm2b unique, TpmtSensitive sensitive) {
        int digestSize = area.nameAlg().digestSize();
        if (sensitive == null) {
            requirePublic(unique.size() == digestSize, TpmRc.KEY);
            return;
        }
        if (area.nameAlg() == TpmiAlgHash.NULL) {
            return;
        }
        requireSensitive(sensitive.seedValue().size() == digestSize, TpmRc.KEY_SIZE);
        if (!symmetricUnique.of(area, sensitive).equals(area.unique())) {
            throw TpmException.of(TpmRc.BINDING);
        }
    }

    private static int largestSecret(TpmtKeyedhashScheme scheme) {
        return scheme.isNull() ? LARGEST_SEALED_DATA : scheme.hashAlg().blockSize();
    }

    private void requirePublic(boolean condition, TpmRc rc) {
        if (!condition) {
            throw TpmException.parameter(publicParameter, rc);
        }
    }

    private void requireSensitive(boolean condition, TpmRc rc) {
        if (!condition) {
            throw TpmException.parameter(sensitiveParameter, rc);
        }
    }
}
