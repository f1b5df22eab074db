package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * RSA encryption: raw, RSAES-PKCS1-v1_5 and RSAES-OAEP (Part 1, B.3 and B.4; RFC 8017, 7). Padding is Bouncy Castle's, which
 * removes it in constant time, the private operation an {@link AsymmetricProvider}'s.
 *
 * <p>Errors are TPM_RC_VALUE, TPM_RC_SIZE and TPM_RC_FAILURE without location as newest libtpms gives them; FAILURE does not
 * mean that the TPM goes into failure mode.
 *
 * <p>Not safe for use by several threads.
 */
public final class RsaEncryption {
    private final AsymmetricProvider provider;
    private final SecureRandom random;

    /** Encryption through {@code provider}, with padding from {@code random}. */
    public RsaEncryption(AsymmetricProvider provider, KeyMaterialSource random) {
        this.provider = provider;
        this.random = new SourceRandom(random);
    }

    /**
     * Encrypts without padding; zeros at the beginning of {@code message} do not count.
     *
     * @throws TpmException TPM_RC_VALUE if the message is longer than the modulus, TPM_RC_FAILURE if it is as long but not below
     */
    public byte[] encryptRaw(RsaPublicKey key, byte[] message) {
        BigInteger number = UnsignedIntegers.of(message);
        if (number.bitLength() > key.size() * Byte.SIZE) {
            throw TpmException.of(TpmRc.VALUE);
        }
        if (number.compareTo(key.modulus()) >= 0) {
            throw TpmException.of(TpmRc.FAILURE);
        }
        return RsaPublicOperation.apply(key, UnsignedIntegers.toBytes(number, key.size()));
    }

    /**
     * Encrypts with RSAES-PKCS1-v1_5.
     *
     * @throws TpmException TPM_RC_FAILURE if the message is too long
     */
    public byte[] encryptPkcs1(RsaPublicKey key, byte[] message) {
        return encrypt(new PKCS1Encoding(new PublicOperation(key)), message);
    }

    /**
     * Encrypts with RSAES-OAEP, with MGF1 over the same hash function.
     *
     * @param label all of it, including the zero byte that ends a TPM's labels
     * @throws TpmException TPM_RC_FAILURE if the message is too long
     */
    public byte[] encryptOaep(RsaPublicKey key, TpmiAlgHash hash, byte[] label, byte[] message) {
        if (oaepRoom(key, hash) < message.length) {
            throw TpmException.of(TpmRc.FAILURE);
        }
        return encrypt(oaep(new PublicOperation(key), hash, label), message);
    }

    /**
     * Decrypts without padding.
     *
     * @return as many bytes as the modulus has
     * @throws TpmException TPM_RC_SIZE if the ciphertext has not the modulus' size, TPM_RC_VALUE if it is not below the modulus
     */
    public byte[] decryptRaw(RsaPrivateKey key, byte[] ciphertext) {
        requireInRange(key, ciphertext);
        return provider.rsaPrivate(key, ciphertext);
    }

    /**
     * Decrypts with RSAES-PKCS1-v1_5.
     *
     * @throws TpmException TPM_RC_SIZE if the ciphertext has not the modulus' size, TPM_RC_VALUE if it is not below the modulus
     *     or the padding is wrong
     */
    public byte[] decryptPkcs1(RsaPrivateKey key, byte[] ciphertext) {
        requireInRange(key, ciphertext);
        return decrypt(new PKCS1Encoding(new PrivateOperation(key)), ciphertext);
    }

    /**
     * Decrypts with RSAES-OAEP, with MGF1 over the same hash function.
     *
     * @param label all of it, including the zero byte that ends a TPM's labels
     * @throws TpmException TPM_RC_SIZE if the ciphertext has not the modulus' size, TPM_RC_VALUE if it is not below the modulus
     *     or the padding or label is wrong
     */
    public byte[] decryptOaep(RsaPrivateKey key, TpmiAlgHash hash, byte[] label, byte[] ciphertext) {
        requireInRange(key, ciphertext);
        if (oaepRoom(key.publicKey(), hash) < 0) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return decrypt(oaep(new PrivateOperation(key), hash, label), ciphertext);
    }

    private byte[] encrypt(AsymmetricBlockCipher padding, byte[] message) {
        padding.init(true, new ParametersWithRandom(new AsymmetricKeyParameter(false), random));
        if (message.length > padding.getInputBlockSize()) {
            throw TpmException.of(TpmRc.FAILURE);
        }
        try {
            return padding.processBlock(message, 0, message.length);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encryption finds no ciphertext wrong", e);
        }
    }

    private byte[] decrypt(AsymmetricBlockCipher padding, byte[] ciphertext) {
        padding.init(false, new ParametersWithRandom(new AsymmetricKeyParameter(true), random));
        try {
            return padding.processBlock(ciphertext, 0, ciphertext.length);
        } catch (InvalidCipherTextException e) {
            throw TpmException.of(TpmRc.VALUE);
        }
    }

    private static AsymmetricBlockCipher oaep(AsymmetricBlockCipher operation, TpmiAlgHash hash, byte[] label) {
        return new OAEPEncoding(operation, ExportableDigest.newDigest(hash), ExportableDigest.newDigest(hash), label);
    }

    /** How many bytes of message there is room for; negative if OAEP with this hash does not fit into the modulus at all. */
    private static int oaepRoom(RsaPublicKey key, TpmiAlgHash hash) {
        return key.size() - 2 * hash.digestSize() - 2;
    }

    private static void requireInRange(RsaPrivateKey key, byte[] ciphertext) {
        if (ciphertext.length != key.publicKey().size()) {
            throw TpmException.of(TpmRc.SIZE);
        }
        if (!RsaPublicOperation.isInRange(key.publicKey(), ciphertext)) {
            throw TpmException.of(TpmRc.VALUE);
        }
    }

    /** The public-key operation on a padded message, whose first byte, zero, the padding leaves out. */
    private record PublicOperation(RsaPublicKey key) implements AsymmetricBlockCipher {
        @Override
        public void init(boolean forEncryption, CipherParameters parameters) {}

        @Override
        public int getInputBlockSize() {
            return key.size() - 1;
        }

        @Override
        public int getOutputBlockSize() {
            return key.size();
        }

        @Override
        public byte[] processBlock(byte[] in, int offset, int length) {
            byte[] padded = new byte[key.size()];
            System.arraycopy(in, offset, padded, padded.length - length, length);
            return RsaPublicOperation.apply(key, padded);
        }
    }

    /** The private-key operation, whose result, if its padding is right, begins with a zero byte that the padding leaves out. */
    private final class PrivateOperation implements AsymmetricBlockCipher {
        private final RsaPrivateKey key;

        PrivateOperation(RsaPrivateKey key) {
            this.key = key;
        }

        @Override
        public void init(boolean forEncryption, CipherParameters parameters) {}

        @Override
        public int getInputBlockSize() {
            return key.publicKey().size();
        }

        @Override
        public int getOutputBlockSize() {
            return key.publicKey().size() - 1;
        }

        @Override
        public byte[] processBlock(byte[] in, int offset, int length) {
            byte[] padded = provider.rsaPrivate(key, Arrays.copyOfRange(in, offset, offset + length));
            // 1 if the first byte is zero, else 0; the caller must not learn which by a branch.
            int skipped = ((padded[0] & 0xFF) - 1) >>> 31;
            return Arrays.copyOfRange(padded, skipped, padded.length);
        }
    }
}
