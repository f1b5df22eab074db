package dev.vtpmd.store.export;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file that holds an exported TPM: a header of 20 bytes, then what HPKE (RFC 9180) makes of the TPM with DHKEM(X25519,
 * HKDF-SHA256), HKDF-SHA256 and AES-256-GCM: the encapsulated key (32 bytes) and the ciphertext with its tag. The header is
 * authenticated along with it. {@code docs/migration.md} has the encoding.
 */
public final class ExportFile {
    private static final byte[] MAGIC = "vtpmdexp".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "vtpmd export 1".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEADER_SIZE = 20;
    private static final int KEY_SIZE = 32;
    private static final int TAG_SIZE = 16;
    private static final int IDENTIFIER_SIZE = 8;
    private static final int MODE_OFFSET = 10;
    private static final int IDENTIFIER_OFFSET = 12;

    private ExportFile() {}

    /**
     * The file that brings {@code tpm} to {@code recipient}.
     *
     * @param sender whose key says where it comes from (HPKE's mode auth); empty for mode base, which says nothing about that
     */
    public static byte[] seal(
            ExportedTpm tpm, X25519PublicKeyParameters recipient, Optional<X25519PrivateKeyParameters> sender) {
        byte mode = sender.isPresent() ? HPKE.mode_auth : HPKE.mode_base;
        byte[] header = ByteBuffer.allocate(HEADER_SIZE)
                .put(MAGIC)
                .putShort((short) VERSION)
                .put(mode)
                .put((byte) 0)
                .put(identifier(recipient))
                .array();
        byte[] content = tpm.encode();
        try {
            byte[][] sealed = hpke(mode)
                    .seal(
                            recipient,
                            INFO,
                            header,
                            content,
                            null,
                            null,
                            sender.map(ExportFile::pair).orElse(null));
            return ByteBuffer.allocate(HEADER_SIZE + sealed[1].length + sealed[0].length)
                    .put(header)
                    .put(sealed[1])
                    .put(sealed[0])
                    .array();
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("HPKE does not encrypt", e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * The TPM in {@code file}.
     *
     * @param sender who must have sent it; empty for a file that does not say
     * @throws ExportException if it is for somebody else, from somebody else, changed, or of an unknown format
     */
    public static ExportedTpm open(
            byte[] file, X25519PrivateKeyParameters recipient, Optional<X25519PublicKeyParameters> sender)
            throws ExportException {
        if (file.length < HEADER_SIZE + KEY_SIZE + TAG_SIZE
                || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new ExportException("is no file that vtpmd export has written");
        }
        byte mode = file[MODE_OFFSET];
        int version = ByteBuffer.wrap(file).getShort(MAGIC.length);
        if (version != VERSION || (mode != HPKE.mode_base && mode != HPKE.mode_auth)) {
            throw new ExportException("has a format of version " + version + " that this release does not know");
        }
        if (!Arrays.equals(
                identifier(recipient.generatePublicKey()),
                Arrays.copyOfRange(file, IDENTIFIER_OFFSET, IDENTIFIER_OFFSET + IDENTIFIER_SIZE))) {
            throw new ExportException("is encrypted for another key");
        }
        if ((mode == HPKE.mode_auth) != sender.isPresent()) {
            throw new ExportException(
                    mode == HPKE.mode_auth
                            ? "was sent under a key: give the sender's public key"
                            : "does not say who has sent it, and a sender was given");
        }
        byte[] content = decrypt(file, recipient, sender);
        try {
            return ExportedTpm.decode(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static byte[] decrypt(
            byte[] file, X25519PrivateKeyParameters recipient, Optional<X25519PublicKeyParameters> sender)
            throws ExportException {
        try {
            return hpke(file[MODE_OFFSET])
                    .open(
                            Arrays.copyOfRange(file, HEADER_SIZE, HEADER_SIZE + KEY_SIZE),
                            pair(recipient),
                            INFO,
                            Arrays.copyOf(file, HEADER_SIZE),
                            Arrays.copyOfRange(file, HEADER_SIZE + KEY_SIZE, file.length),
                            null,
                            null,
                            sender.orElse(null));
        } catch (InvalidCipherTextException | RuntimeException e) {
            // An encapsulated key that is no point on the curve is an unchecked exception.
            throw new ExportException(
                    sender.isPresent() ? "was changed, or sent by somebody else" : "was changed, or is cut off");
        }
    }

    private static HPKE hpke(byte mode) {
        return new HPKE(mode, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    private static AsymmetricCipherKeyPair pair(X25519PrivateKeyParameters key) {
        return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
    }

    private static byte[] identifier(X25519PublicKeyParameters key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), IDENTIFIER_SIZE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this Java runtime", e);
        }
    }
}
