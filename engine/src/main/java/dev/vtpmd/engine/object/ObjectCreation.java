package dev.vtpmd.engine.object;

import dev.vtpmd.engine.TpmState;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.RsaPrivateKey;
import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.engine.crypto.derivation.SymmetricKeys;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
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

import java.math.BigInteger;

/** The making of an object's key and secrets from a template that has been checked (Part 1, 27.3 and 27.7). */
public final class ObjectCreation {
    private static final int LEAST_EXPONENT = 0x10001;
    private static final int PRIME_CERTAINTY = 100;

    private final TpmState tpm;
    private final SymmetricUnique symmetricUnique;

    /** Creation of objects for {@code tpm}. */
    public ObjectCreation(TpmState tpm) {
        this.tpm = tpm;
        this.symmetricUnique = new SymmetricUnique(tpm.digests(), tpm.hmacs());
    }

    /**
     * A new object.
     *
     * @param publicArea the template with {@code unique} filled in
     * @param sensitive its secrets
     */
    public record Created(TpmtPublic publicArea, TpmtSensitive sensitive) {}

    /**
     * Makes an object.
     *
     * @param userAuth its authValue, without zeros at its end
     * @param data the key, or the data to seal; empty if the TPM is to make the key
     * @throws TpmException without location: TPM_RC_RANGE for an RSA exponent, TPM_RC_KEY_SIZE for a symmetric key of wrong
     *     size, TPM_RC_SIZE for a keyed hash key longer than a block of the hash, TPM_RC_NO_RESULT if the origin is exhausted
     */
    public Created create(TpmtPublic template, Tpm2b userAuth, Tpm2b data, KeyOrigin origin) {
        TpmiAlgHash nameAlg = template.nameAlg();
        TpmuPublicId publicKey = null;
        Tpm2b secret;
        switch (template.parameters()) {
            case TpmsRsaParms rsa -> {
                RsaPrivateKey key = origin.rsaKey(rsa.keyBits(), requireExponent(rsa));
                publicKey = new TpmuPublicId.Rsa(Tpm2b.wrap(key.publicKey().modulusBytes()));
                secret = Tpm2b.wrap(key.prime());
            }
            case TpmsEccParms ecc -> {
                EccCurve curve = EccCurve.of(ecc.curveID());
                EccPrivateKey key = tpm.ecc().generate(curve, origin.source());
                publicKey = new TpmuPublicId.Ecc(wirePoint(curve, tpm.ecc().publicPoint(key)));
                secret = Tpm2b.wrap(key.scalarBytes());
            }
            case TpmsSymcipherParms cipher -> secret = cipherKey(cipher.sym(), data, origin);
            case TpmsKeyedhashParms keyedHash -> secret = keyedHashSecret(template, keyedHash.scheme(), data, origin);
        }
        origin.keyMade();
        Tpm2b seedValue = Tpm2b.wrap(origin.source().generate(nameAlg.digestSize()));
        if (publicKey == null) {
            TpmtSensitive sensitive = new TpmtSensitive(template.type(), userAuth, seedValue, secret);
            return new Created(template.withUnique(symmetricUnique.of(template, sensitive)), sensitive);
        }
        // Only a storage key has children that its seedValue protects.
        boolean needsSeed = template.objectAttributes().restricted()
                && !template.objectAttributes().sign();
        Tpm2b kept = needsSeed ? seedValue : Tpm2b.EMPTY;
        return new Created(template.withUnique(publicKey), new TpmtSensitive(template.type(), userAuth, kept, secret));
    }

    private static BigInteger requireExponent(TpmsRsaParms parameters) {
        BigInteger exponent = RsaPublicKey.exponent(parameters.exponent());
        boolean accepted = exponent.compareTo(BigInteger.valueOf(LEAST_EXPONENT)) >= 0
                && exponent.isProbablePrime(PRIME_CERTAINTY);
        if (!accepted) {
            throw TpmException.of(TpmRc.RANGE);
        }
        return exponent;
    }

    private static TpmsEccPoint wirePoint(EccCurve curve, EccPoint point) {
        return new TpmsEccPoint(Tpm2b.wrap(point.xBytes(curve)), Tpm2b.wrap(point.yBytes(curve)));
    }

    private static Tpm2b cipherKey(TpmtSymDefObject cipher, Tpm2b given, KeyOrigin origin) {
        if (given.isEmpty()) {
            return Tpm2b.wrap(SymmetricKeys.generate(cipher.algorithm(), cipher.keyBits(), origin.source()));
        }
        if (given.size() != cipher.keyBytes()) {
            throw TpmException.of(TpmRc.KEY_SIZE);
        }
        if (!SymmetricKeys.accepts(cipher.algorithm(), given.bytes())) {
            throw TpmException.of(TpmRc.KEY);
        }
        return given;
    }

    private static Tpm2b keyedHashSecret(
            TpmtPublic template, TpmtKeyedhashScheme scheme, Tpm2b given, KeyOrigin origin) {
        TpmiAlgHash hash = scheme.isNull() ? template.nameAlg() : scheme.hashAlg();
        if (given.isEmpty()) {
            return Tpm2b.wrap(origin.source().generate(hash.digestSize()));
        }
        boolean key = template.objectAttributes().sign()
                || template.objectAttributes().decrypt();
        if (key && given.size() > hash.blockSize()) {
            throw TpmException.of(TpmRc.SIZE);
        }
        return given;
    }
}
