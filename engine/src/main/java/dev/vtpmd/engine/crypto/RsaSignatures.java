package dev.vtpmd.engine.crypto;

import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * RSASSA-PKCS1-v1_5 and RSASSA-PSS over a given digest (Part 1, B.5 and B.6; RFC 8017, 8), which JCA offers only over messages
 * that it hashes itself.
 *
 * <p>Not safe for use by several threads.
 */
public final class RsaSignatures {
    private static final byte PSS_TRAILER = (byte) 0xBC;
    private static final byte[] PSS_PREFIX = new byte[8];

    private final AsymmetricProvider provider;
    private final KeyMaterialSource random;
    private final Digests digests = new Digests();
    private final KeyDerivation derivation;

    /** Signatures through {@code provider}, with salts from {@code random} and masks from {@code derivation}. */
    public RsaSignatures(AsymmetricProvider provider, KeyMaterialSource random, KeyDerivation derivation) {
        this.provider = provider;
        this.random = random;
        this.derivation = derivation;
    }

    /**
     * An RSASSA-PKCS1-v1_5 signature of {@code digest}.
     *
     * @return the signature in the modulus' size, or nothing if the modulus is too small for the digest
     */
    public Optional<byte[]> signPkcs1(RsaPrivateKey key, TpmiAlgHash hash, byte[] digest) {
        return encodePkcs1(hash, digest, key.publicKey().size()).map(encoded -> provider.rsaPrivate(key, encoded));
    }

    /** Whether {@code signature} is an RSASSA-PKCS1-v1_5 signature of {@code digest}. */
    public boolean verifyPkcs1(RsaPublicKey key, TpmiAlgHash hash, byte[] digest, byte[] signature) {
        Optional<byte[]> expected = encodePkcs1(hash, digest, key.size());
        return expected.isPresent()
                && RsaPublicOperation.isInRange(key, signature)
                && MessageDigest.isEqual(expected.get(), RsaPublicOperation.apply(key, signature));
    }

    /**
     * Size in bytes of the salt of an RSASSA-PSS signature: that of the digest, or what there is room for if that is less;
     * negative if there is no room for the digest either.
     */
    public static int saltSize(RsaPublicKey key, int digestSize) {
        int encodedSize = (key.modulus().bitLength() - 1 + 7) / Byte.SIZE;
        return Math.min(digestSize, encodedSize - digestSize - 2);
    }

    /**
     * An RSASSA-PSS signature of {@code digest}, with MGF1 over the same hash function.
     *
     * @return the signature in the modulus' size, or nothing if the modulus is too small for the digest
     */
    public Optional<byte[]> signPss(RsaPrivateKey key, TpmiAlgHash hash, byte[] digest) {
        int encodedBits = key.publicKey().modulus().bitLength() - 1;
        int encodedSize = (encodedBits + 7) / Byte.SIZE;
        int saltSize = saltSize(key.publicKey(), digest.length);
        if (saltSize < 0) {
            return Optional.empty();
        }
        byte[] salt = random.generate(saltSize);
        byte[] salted = digests.digest(hash, PSS_PREFIX, digest, salt);
        int blockSize = encodedSize - salted.length - 1;
        byte[] block = derivation.mgf1(hash, salted, blockSize);
        block[blockSize - saltSize - 1] ^= 0x01;
        for (int i = 0; i < saltSize; i++) {
            block[blockSize - saltSize + i] ^= salt[i];
        }
        block[0] &= (byte) (0xFF >>> (Byte.SIZE * encodedSize - encodedBits));
        byte[] encoded = new byte[key.publicKey().size()];
        int start = encoded.length - encodedSize;
        System.arraycopy(block, 0, encoded, start, blockSize);
        System.arraycopy(salted, 0, encoded, start + blockSize, salted.length);
        encoded[encoded.length - 1] = PSS_TRAILER;
        return Optional.of(provider.rsaPrivate(key, encoded));
    }

    /** Whether {@code signature} is an RSASSA-PSS signature of {@code digest}, with a salt of any length. */
    public boolean verifyPss(RsaPublicKey key, TpmiAlgHash hash, byte[] digest, byte[] signature) {
        if (digest.length != hash.digestSize() || !RsaPublicOperation.isInRange(key, signature)) {
            return false;
        }
        int encodedBits = key.modulus().bitLength() - 1;
        int encodedSize = (encodedBits + 7) / Byte.SIZE;
        int blockSize = encodedSize - digest.length - 1;
        byte[] encoded = RsaPublicOperation.apply(key, signature);
        int start = encoded.length - encodedSize;
        int unusedBits = Byte.SIZE * encodedSize - encodedBits;
        if (blockSize < 1
                || encoded[encoded.length - 1] != PSS_TRAILER
                || start > 0 && encoded[0] != 0
                || (encoded[start] & 0xFF) >>> (Byte.SIZE - unusedBits) != 0) {
            return false;
        }
        byte[] salted = Arrays.copyOfRange(encoded, start + blockSize, encoded.length - 1);
        byte[] block = derivation.mgf1(hash, salted, blockSize);
        for (int i = 0; i < blockSize; i++) {
            block[i] ^= encoded[start + i];
        }
        block[0] &= (byte) (0xFF >>> unusedBits);
        int separator = 0;
        while (separator < blockSize && block[separator] == 0) {
            separator++;
        }
        if (separator == blockSize || block[separator] != 0x01) {
            return false;
        }
        byte[] salt = Arrays.copyOfRange(block, separator + 1, blockSize);
        return MessageDigest.isEqual(salted, digests.digest(hash, PSS_PREFIX, digest, salt));
    }

    /** EMSA-PKCS1-v1_5 (RFC 8017, 9.2), or nothing if there is no room for eight bytes of padding. */
    private static Optional<byte[]> encodePkcs1(TpmiAlgHash hash, byte[] digest, int size) {
        byte[] prefix = digestInfoPrefix(hash);
        int digestInfo = size - prefix.length - digest.length;
        if (digestInfo < 11 || digest.length != hash.digestSize()) {
            return Optional.empty();
        }
        byte[] encoded = new byte[size];
        Arrays.fill(encoded, 2, digestInfo - 1, (byte) 0xFF);
        encoded[1] = 1;
        System.arraycopy(prefix, 0, encoded, digestInfo, prefix.length);
        System.arraycopy(digest, 0, encoded, digestInfo + prefix.length, digest.length);
        return Optional.of(encoded);
    }

    /** What stands before the digest in a DER DigestInfo with NULL parameters. */
    private static byte[] digestInfoPrefix(TpmiAlgHash hash) {
        String prefix = switch (hash) {
            case SHA1 -> "3021300906052b0e03021a05000414";
            case SHA256 -> "3031300d060960864801650304020105000420";
            case SHA384 -> "3041300d060960864801650304020205000430";
            case SHA512 -> "3051300d060960864801650304020305000440";
            case SM3_256 -> "3030300c06082a811ccf5501831105000420";
            case SHA3_256 -> "3031300d060960864801650304020805000420";
            case SHA3_384 -> "3041300d060960864801650304020905000430";
            case SHA3_512 -> "3051300d060960864801650304020a05000440";
            case NULL -> throw new IllegalArgumentException("no hash algorithm");
        };
        return HexFormat.of().parseHex(prefix);
    }
}
