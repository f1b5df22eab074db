package dev.vtpmd.engine.object;

import dev.vtpmd.engine.crypto.Ecc;
import dev.vtpmd.engine.crypto.EccCurve;
import dev.vtpmd.engine.crypto.EccPoint;
import dev.vtpmd.engine.crypto.EccPrivateKey;
import dev.vtpmd.engine.crypto.KdfLabel;
import dev.vtpmd.engine.crypto.KeyDerivation;
import dev.vtpmd.engine.crypto.RsaEncryption;
import dev.vtpmd.engine.crypto.TpmRandom;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmException;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;

import java.util.Arrays;

/**
 * The exchange of a secret with the holder of an asymmetric key: the salt of a session, the seed of a credential or of a
 * duplicated object (Part 1, 24.4, B.10 and C.6). To an RSA key a random secret goes encrypted with OAEP; with an ECC key the
 * secret is what an ephemeral key and ECDH give.
 */
public final class SecretExchange {
    private final AlgorithmProfile profile;
    private final TpmRandom random;
    private final RsaEncryption rsa;
    private final Ecc ecc;
    private final KeyDerivation keyDerivation;

    /** The exchange of secrets for a TPM that offers the algorithms of {@code profile}. */
    public SecretExchange(
            AlgorithmProfile profile, TpmRandom random, RsaEncryption rsa, Ecc ecc, KeyDerivation keyDerivation) {
        this.profile = profile;
        this.random = random;
        this.rsa = rsa;
        this.ecc = ecc;
        this.keyDerivation = keyDerivation;
    }

    /**
     * A secret and how to tell it.
     *
     * @param secret as many bytes as a digest of the key's nameAlg
     * @param encrypted content of the TPM2B_ENCRYPTED_SECRET
     */
    public record Encrypted(Tpm2b secret, Tpm2b encrypted) {}

    /**
     * A new secret for the holder of {@code key}, whose public area is enough.
     *
     * @param key an RSA or ECC key
     * @throws TpmException TPM_RC_KEY if the public point is not on its curve, TPM_RC_FAILURE if the modulus has no room for
     *     OAEP with nameAlg, TPM_RC_VALUE if there is no nameAlg; without location
     */
    public Encrypted encrypt(TpmObject key, KdfLabel label) {
        if (key.nameAlg() == TpmiAlgHash.NULL) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return key.type() == TpmAlgId.RSA ? encryptRsa(key, label) : encryptEcc(key, label);
    }

    /**
     * The secret in {@code encrypted}, which was made for {@code key}.
     *
     * @param key an RSA or ECC key with its sensitive area
     * @throws TpmException without location: TPM_RC_SCHEME if the key's scheme is for something else; for RSA TPM_RC_SIZE or
     *     TPM_RC_VALUE if it cannot be decrypted or is longer than a digest; for ECC TPM_RC_INSUFFICIENT or TPM_RC_SIZE if it
     *     is no point, TPM_RC_ECC_POINT if that is not on the key's curve
     */
    public Tpm2b decrypt(TpmObject key, KdfLabel label, Tpm2b encrypted) {
        if (key.nameAlg() == TpmiAlgHash.NULL) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return key.type() == TpmAlgId.RSA ? decryptRsa(key, label, encrypted) : decryptEcc(key, label, encrypted);
    }

    private Encrypted encryptRsa(TpmObject key, KdfLabel label) {
        byte[] secret = random.generate(key.nameAlg().digestSize());
        byte[] encrypted = rsa.encryptOaep(key.key().rsaPublicKey(), key.nameAlg(), label.toByteArray(), secret);
        return new Encrypted(Tpm2b.wrap(secret), Tpm2b.wrap(encrypted));
    }

    private Tpm2b decryptRsa(TpmObject key, KdfLabel label, Tpm2b encrypted) {
        TpmtAsymScheme scheme = ((TpmsRsaParms) key.publicArea().parameters()).scheme();
        TpmiAlgHash hash = key.nameAlg();
        if (!scheme.isNull()) {
            if (scheme.scheme() != TpmAlgId.OAEP) {
                throw TpmException.of(TpmRc.SCHEME);
            }
            hash = scheme.hashAlg();
        }
        byte[] secret = rsa.decryptOaep(key.key().rsaPrivateKey(), hash, label.toByteArray(), encrypted.bytes());
        if (secret.length > hash.digestSize()) {
            Arrays.fill(secret, (byte) 0);
            throw TpmException.of(TpmRc.VALUE);
        }
        return Tpm2b.wrap(secret);
    }

    private Encrypted encryptEcc(TpmObject key, KdfLabel label) {
        EccCurve curve = key.key().curve();
        EccPoint publicKey = key.key().eccPublicKey();
        if (!curve.contains(publicKey)) {
            throw TpmException.of(TpmRc.KEY);
        }
        EccPrivateKey ephemeral = ecc.generate(curve, random);
        EccPoint point = ecc.publicPoint(ephemeral);
        byte[] z = ecc.sharedX(ephemeral, publicKey);
        Tpm2b secret = derive(key.nameAlg(), z, label, point.xBytes(curve), publicKey.xBytes(curve));
        TpmsEccPoint wirePoint = new TpmsEccPoint(Tpm2b.wrap(point.xBytes(curve)), Tpm2b.wrap(point.yBytes(curve)));
        return new Encrypted(secret, Tpm2b.wrap(TpmWriter.toByteArray(wirePoint::write)));
    }

    /**
     * As in the TCG's reference code, what follows the point is ignored, and its x goes into the derivation as it was sent: who
     * leaves out a zero in front does so in both places.
     */
    private Tpm2b decryptEcc(TpmObject key, KdfLabel label, Tpm2b encrypted) {
        EccCurve curve = key.key().curve();
        TpmsEccPoint wirePoint = TpmsEccPoint.read(new TpmReader(encrypted.bytes(), profile));
        EccPoint point = EccPoint.of(wirePoint.x().bytes(), wirePoint.y().bytes());
        if (!curve.contains(point)) {
            throw TpmException.of(TpmRc.ECC_POINT);
        }
        byte[] z = ecc.sharedX(key.key().eccPrivateKey(), point);
        byte[] publicX = key.key().eccPublicKey().xBytes(curve);
        return derive(key.nameAlg(), z, label, wirePoint.x().bytes(), publicX);
    }

    private Tpm2b derive(TpmiAlgHash hash, byte[] z, KdfLabel label, byte[] ephemeralX, byte[] publicX) {
        byte[] secret = keyDerivation.kdfe(hash, z, label, ephemeralX, publicX, hash.digestSize() * Byte.SIZE);
        Arrays.fill(z, (byte) 0);
        return Tpm2b.wrap(secret);
    }
}
