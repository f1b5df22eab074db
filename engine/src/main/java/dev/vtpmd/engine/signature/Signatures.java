package dev.vtpmd.engine.signature;

import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EcdsaSignature;
import dev.vtpmd.engine.crypto.Hmacs;
import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.engine.crypto.RsaSignatures;
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

/** Signs and verifies digests with objects as keys: RSASSA, RSAPSS, ECDSA and HMAC (Part 1, annexes B and C; Part 3, 20). */
public final class Signatures {
    private final RsaSignatures rsa;
    private final Ecc ecc;
    private final Hmacs hmacs;

    /** Signatures made with the given cryptography. */
    public Signatures(RsaSignatures rsa, Ecc ecc, Hmacs hmacs) {
        this.rsa = rsa;
        this.ecc = ecc;
        this.hmacs = hmacs;
    }

    /**
     * Signs {@code digest}.
     *
     * @param key a signing key with its sensitive area
     * @param scheme a scheme that suits the key, see {@link Signer}; with NULL the NULL signature is made
     * @throws TpmException TPM_RC_SCHEME if the scheme does not suit the key, TPM_RC_SIZE if the digest does not fit into the
     *     modulus; without location
     */
    public TpmtSignature sign(TpmObject key, TpmtAsymScheme scheme, Tpm2b digest) {
        TpmiAlgHash hash = scheme.hashAlg();
        byte[] bytes = digest.bytes();
        return switch (scheme.scheme()) {
            case NULL -> TpmtSignature.NULL;
            case RSASSA -> rsaSignature(scheme, rsa.signPkcs1(key.key().rsaPrivateKey(), hash, bytes));
            case RSAPSS -> rsaSignature(scheme, rsa.signPss(key.key().rsaPrivateKey(), hash, bytes));
            case ECDSA -> {
                EcdsaSignature signature = ecc.sign(key.key().eccPrivateKey(), bytes);
                yield new TpmtSignature(
                        TpmAlgId.ECDSA,
                        new TpmsSignatureEcc(hash, Tpm2b.wrap(signature.r()), Tpm2b.wrap(signature.s())));
            }
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
        if (signature.sigAlg() != TpmAlgId.ECDSA || !(signature.signature() instanceof TpmsSignatureEcc value)) {
            throw TpmException.of(TpmRc.SCHEME);
        }
        EccPoint publicKey = key.eccPublicKey();
        EcdsaSignature ecdsa = new EcdsaSignature(
                value.signatureR().bytes(), value.signatureS().bytes());
        return key.curve().contains(publicKey) && ecc.verify(key.curve(), publicKey, digest, ecdsa);
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

    private static TpmtSignature rsaSignature(TpmtAsymScheme scheme, Optional<byte[]> value) {
        byte[] signature = value.orElseThrow(() -> TpmException.of(TpmRc.SIZE));
        return new TpmtSignature(scheme.scheme(), new TpmsSignatureRsa(scheme.hashAlg(), Tpm2b.wrap(signature)));
    }
}
