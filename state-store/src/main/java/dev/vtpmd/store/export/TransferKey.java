package dev.vtpmd.store.export;

import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Keys of those who send and receive TPMs: X25519, in PEM as {@code openssl genpkey -algorithm X25519} and {@code openssl pkey
 * -pubout} write them (RFC 8410).
 */
public final class TransferKey {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private TransferKey() {}

    /**
     * The private key in {@code pem}.
     *
     * @param source what messages call it
     */
    public static X25519PrivateKeyParameters privateKey(String source, byte[] pem) throws ExportException {
        byte[] der = decode(source, pem, PRIVATE);
        try {
            AsymmetricKeyParameter key = PrivateKeyFactory.createKey(der);
            if (key instanceof X25519PrivateKeyParameters x25519) {
                return x25519;
            }
        } catch (IOException | RuntimeException e) {
            throw unusable(source, PRIVATE);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
        throw unusable(source, PRIVATE);
    }

    /**
     * The public key in {@code pem}.
     *
     * @param source what messages call it
     */
    public static X25519PublicKeyParameters publicKey(String source, byte[] pem) throws ExportException {
        try {
            AsymmetricKeyParameter key = PublicKeyFactory.createKey(decode(source, pem, PUBLIC));
            if (key instanceof X25519PublicKeyParameters x25519) {
                return x25519;
            }
        } catch (ExportException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw unusable(source, PUBLIC);
        }
        throw unusable(source, PUBLIC);
    }

    private static byte[] decode(String source, byte[] pem, String label) throws ExportException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        String begin = "-----BEGIN " + label + "-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END " + label + "-----");
        if (start < 0 || end < start) {
            throw unusable(source, label);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
        } catch (IllegalArgumentException e) {
            throw unusable(source, label);
        }
    }

    private static ExportException unusable(String source, String label) {
        return new ExportException(source + ": is no X25519 " + label.toLowerCase(Locale.ROOT) + " in PEM");
    }
}
