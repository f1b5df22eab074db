package dev.vtpmd.engine.object;

import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.object.TpmuPublicId;

/**
 * The key of an RSA or ECC object, as cryptography takes it. Made from the object's areas on first use and kept, since that
 * takes longer than some of the operations.
 *
 * <p>Not safe for use by several threads.
 */
public final class AsymmetricKey {
    private final TpmtPublic publicArea;
    private final TpmtSensitive sensitive;
    private RsaPrivateKey rsaPrivateKey;
    private EccPrivateKey eccPrivateKey;

    AsymmetricKey(TpmtPublic publicArea, TpmtSensitive sensitive) {
        this.publicArea = publicArea;
        this.sensitive = sensitive;
    }

    /** The public key of an RSA object. */
    public RsaPublicKey rsaPublicKey() {
        TpmsRsaParms parameters = (TpmsRsaParms) publicArea.parameters();
        TpmuPublicId.Rsa unique = (TpmuPublicId.Rsa) publicArea.unique();
        return RsaPublicKey.of(unique.rsa().bytes(), parameters.exponent());
    }

    /**
     * The private key of an RSA object whose sensitive area is loaded.
     *
     * @throws IllegalArgumentException if the sensitive area does not fit the public area
     */
    public RsaPrivateKey rsaPrivateKey() {
        if (rsaPrivateKey == null) {
            rsaPrivateKey =
                    RsaPrivateKey.ofPrime(rsaPublicKey(), sensitive.sensitive().bytes());
        }
        return rsaPrivateKey;
    }

    /** The curve of an ECC object. */
    public EccCurve curve() {
        return EccCurve.of(((TpmsEccParms) publicArea.parameters()).curveID());
    }

    /** The public key of an ECC object. */
    public EccPoint eccPublicKey() {
        TpmsEccPoint point = ((TpmuPublicId.Ecc) publicArea.unique()).ecc();
        return EccPoint.of(point.x().bytes(), point.y().bytes());
    }

    /** The private key of an ECC object whose sensitive area is loaded. */
    public EccPrivateKey eccPrivateKey() {
        if (eccPrivateKey == null) {
            eccPrivateKey = EccPrivateKey.of(curve(), sensitive.sensitive().bytes());
        }
        return eccPrivateKey;
    }
}
