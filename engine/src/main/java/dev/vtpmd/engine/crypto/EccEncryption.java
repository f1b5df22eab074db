package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Encryption of messages with elliptic curve keys (Part 1, C.6; with SM3 that of GM/T 0003.4): the message is XORed with a mask
 * that follows from the product of an ephemeral and the recipient's key.
 *
 * <p>Points given here must lie on the curve. Not safe for use by several threads.
 */
public final class EccEncryption {
    private final Ecc ecc;
    private final Digests digests;
    private final KeyDerivation keyDerivation;
    private final KeyMaterialSource random;

    /** Encryption with ephemeral keys from {@code random}. */
    public EccEncryption(Ecc ecc, Digests digests, KeyDerivation keyDerivation, KeyMaterialSource random) {
        this.ecc = ecc;
        this.digests = digests;
        this.keyDerivation = keyDerivation;
        this.random = random;
    }

    /**
     * An encrypted message.
     *
     * @param c1 public point of the ephemeral key
     * @param c2 the masked message, as long as it is
     * @param c3 digest over the shared point and the message
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Encrypted(EccPoint c1, byte[] c2, byte[] c3) {}

    /** Encrypts {@code message} for the holder of the key with this public point. */
    public Encrypted encrypt(EccCurve curve, EccPoint publicPoint, TpmiAlgHash hash, byte[] message) {
        EccPrivateKey ephemeral = ecc.generate(curve, random);
        Secret secret = Secret.of(curve, ecc.sharedPoint(ephemeral, publicPoint));
        byte[] masked = mask(secret, hash, message);
        byte[] check = check(secret, hash, message);
        secret.wipe();
        return new Encrypted(ecc.publicPoint(ephemeral), masked, check);
    }

    /** The message, or nothing if {@code encrypted} was not made for {@code key} with {@code hash}, or changed. */
    public Optional<byte[]> decrypt(EccPrivateKey key, TpmiAlgHash hash, Encrypted encrypted) {
        Secret secret = Secret.of(key.curve(), ecc.sharedPoint(key, encrypted.c1));
        byte[] message = mask(secret, hash, encrypted.c2);
        boolean genuine = MessageDigest.isEqual(check(secret, hash, message), encrypted.c3);
        secret.wipe();
        if (!genuine) {
            Arrays.fill(message, (byte) 0);
            return Optional.empty();
        }
        return Optional.of(message);
    }

    private byte[] mask(Secret secret, TpmiAlgHash hash, byte[] data) {
        byte[] both = Arrays.copyOf(secret.x, secret.x.length + secret.y.length);
        System.arraycopy(secret.y, 0, both, secret.x.length, secret.y.length);
        byte[] result = keyDerivation.kdf2(hash, both, data.length);
        Arrays.fill(both, (byte) 0);
        for (int i = 0; i < data.length; i++) {
            result[i] ^= data[i];
        }
        return result;
    }

    private byte[] check(Secret secret, TpmiAlgHash hash, byte[] message) {
        return digests.digest(hash, secret.x, message, secret.y);
    }

    /** The coordinates of the shared point. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Secret(byte[] x, byte[] y) {
        static Secret of(EccCurve curve, EccPoint shared) {
            return new Secret(shared.xBytes(curve), shared.yBytes(curve));
        }

        void wipe() {
            Arrays.fill(x, (byte) 0);
            Arrays.fill(y, (byte) 0);
        }
    }
}
