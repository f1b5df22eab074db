package dev.vtpmd.engine.signature;

import dev.vtpmd.engine.commit.Commitments;
import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.EccSignature;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.engine.crypto.RsaSignatures;
import dev.vtpmd.engine.crypto.SchnorrSignatures;
import dev.vtpmd.engine.crypto.Sm2Signatures;
import dev.vtpmd.engine.object.AsymmetricKey;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmsSignatureEcc;
import dev.vtpmd.protocol.algorithm.TpmsSignatureRsa;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.algorithm.TpmtSignature;
import dev.vtpmd.protocol.algorithm.TpmuSignature;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.structure.TpmtHa;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Optional;

/**
 * Signs and verifies digests with objects as keys: RSASSA, RSAPSS, ECDSA, ECDAA, ECSchnorr, SM2 and HMAC (Part 1, annexes B and
 * C; Part 3, 20).
 */
public final class Signatures {
    private final RsaSignatures rsa;
    private final Ecc ecc;
    private final SchnorrSignatures schnorr;
    private final Sm2Signatures sm2;
    private final Hmacs hmacs;
    private final Commitments commitments;

    /** Signatures made with the given cryptography, anonymous ones with the ephemeral keys of {@code commitments}. */
    public Signatures(
            RsaSignatures rsa,
            Ecc ecc,
            SchnorrSignatures schnorr,
            Sm2Signatures sm2,
            Hmacs hmacs,
            Commitments commitments) {
        this.rsa = rsa;
        this.ecc = ecc;
        this.schnorr = schnorr;
        this.sm2 = sm2;
        this.hmacs = hmacs;
        this.commitments = commitments;
    }

    /**
     * Signs {@code digest}. An anonymous signature uses up the ephemeral key that the scheme's count names.
     *
     * @param key a signing key with its sensitive area
     * @param scheme a scheme that suits the key, see {@link Signer}; with NULL the NULL signature is made
     * @throws TpmException TPM_RC_SCHEME if the scheme does not suit the key, TPM_RC_SIZE if the digest does not fit into the
     *     modulus, TPM_RC_VALUE if the scheme's count names no ephemeral key that can be used; without location
     */
    public TpmtSignature sign(TpmObject key, TpmtAsymScheme scheme, Tpm2b digest) {
        TpmiAlgHash hash = scheme.hashAlg();
        byte[] bytes = digest.bytes();
        return switch (scheme.scheme()) {
            case NULL -> TpmtSignature.NULL;
            case RSASSA -> rsaSignature(scheme, rsa.signPkcs1(key.key().rsaPrivateKey(), hash, bytes));
            case RSAPSS -> rsaSignature(scheme, rsa.signPss(key.key().rsaPrivateKey(), hash, bytes));
            case ECDSA -> eccSignature(scheme, ecc.sign(key.key().eccPrivateKey(), bytes));
            case ECSCHNORR -> eccSignature(scheme, schnorr.sign(key.key().eccPrivateKey(), hash, bytes));
            case SM2 -> eccSignature(scheme, sm2.sign(key.key().eccPrivateKey(), bytes));
            case ECDAA -> signAnonymously(key, scheme, bytes);
            case HMAC ->
                new TpmtSignature(TpmAlgId.HMAC, new TpmuSignature.Hmac(new TpmtHa(hash, hmac(key, hash, bytes))));
            default -> throw TpmException.of(TpmRc.SCHEME);
        };
    }

    /**
     * Verifies that {@code signature} is one of {@code digest} with {@code key}. The scheme of an RSA or ECC key is not
     * consulted, only its type; that of an HMAC key is.
     *
     * @throws TpmException TPM_RC_SCHEME if keys of this type make no such signatures, TPM_RC_SIGNATURE if it is not genuine,
     *     TPM_RC_HANDLE if the key is an HMAC key of which only the public area is loaded; without location
     */
    public void verify(TpmObject key, Tpm2b digest, TpmtSignature signature) {
        boolean genuine = switch (key.type()) {
            case RSA -> verifyRsa(key.key(), digest.bytes(), signature);
            case ECC -> verifyEcc(key.key(), digest.bytes(), signature);
            case KEYEDHASH -> verifyHmac(key, digest.bytes(), signature);
            default -> throw TpmException.of(TpmRc.SCHEME);
        };
        if (!genuine) {
            throw TpmException.of(TpmRc.SIGNATURE);
        }
    }

    private boolean verifyRsa(AsymmetricKey key, byte[] digest, TpmtSignature signature) {
        if (!(signature.signature() instanceof TpmsSignatureRsa value)) {
            throw TpmException.of(TpmRc.SCHEME);
        }
        RsaPublicKey publicKey = key.rsaPublicKey();
        byte[] bytes = value.sig().bytes();
        return signature.sigAlg() == TpmAlgId.RSAPSS
                ? rsa.verifyPss(publicKey, value.hash(), digest, bytes)
                : rsa.verifyPkcs1(publicKey, value.hash(), digest, bytes);
    }

    private boolean verifyEcc(AsymmetricKey key, byte[] digest, TpmtSignature signature) {
        if (signature.sigAlg() == TpmAlgId.ECDAA || !(signature.signature() instanceof TpmsSignatureEcc value)) {
            throw TpmException.of(TpmRc.SCHEME);
        }
        EccCurve curve = key.curve();
        EccPoint publicKey = key.eccPublicKey();
        EccSignature numbers =
                new EccSignature(value.signatureR().bytes(), value.signatureS().bytes());
        if (!curve.contains(publicKey)) {
            return false;
        }
        return switch (signature.sigAlg()) {
            case ECSCHNORR -> schnorr.verify(curve, publicKey, value.hash(), digest, numbers);
            case SM2 -> sm2.verify(curve, publicKey, digest, numbers);
            default -> ecc.verify(curve, publicKey, digest, numbers);
        };
    }

    private boolean verifyHmac(TpmObject key, byte[] digest, TpmtSignature signature) {
        if (key.publicOnly()) {
            throw TpmException.of(TpmRc.HANDLE);
        }
        if (!(signature.signature() instanceof TpmuSignature.Hmac value)) {
            throw TpmException.of(TpmRc.SCHEME);
        }
        TpmiAlgHash hash = value.hmac().hashAlg();
        TpmtKeyedhashScheme scheme = ((TpmsKeyedhashParms) key.publicArea().parameters()).scheme();
        boolean allowed = scheme.isNull() || scheme.equals(TpmtKeyedhashScheme.hmac(hash));
        return allowed && hmac(key, hash, digest).equals(value.hmac().digest());
    }

    private Tpm2b hmac(TpmObject key, TpmiAlgHash hash, byte[] digest) {
        return Tpm2b.wrap(hmacs.hmac(hash, key.sensitive().sensitive().bytes(), digest));
    }

    private TpmtSignature signAnonymously(TpmObject key, TpmtAsymScheme scheme, byte[] digest) {
        EccPrivateKey ephemeral = commitments
                .find(scheme.count(), key.key().curve(), key.name())
                .orElseThrow(() -> TpmException.of(TpmRc.VALUE));
        EccSignature signature =
                schnorr.signAnonymously(key.key().eccPrivateKey(), ephemeral, scheme.hashAlg(), digest);
        commitments.end(scheme.count());
        return eccSignature(scheme, signature);
    }

    private static TpmtSignature eccSignature(TpmtAsymScheme scheme, EccSignature value) {
        return new TpmtSignature(
                scheme.scheme(), new TpmsSignatureEcc(scheme.hashAlg(), Tpm2b.wrap(value.r()), Tpm2b.wrap(value.s())));
    }

    private static TpmtSignature rsaSignature(TpmtAsymScheme scheme, Optional<byte[]> value) {
        byte[] signature = value.orElseThrow(() -> TpmException.of(TpmRc.SIZE));
        return new TpmtSignature(scheme.scheme(), new TpmsSignatureRsa(scheme.hashAlg(), Tpm2b.wrap(signature)));
    }
}
