package dev.vtpmd.daemon.certificate;

import org.bouncycastle.cert.X509CertificateHolder;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How an {@link Authority} is stored; {@code docs/state-format.md} has the format. */
final class AuthorityRecord {
    private static final int VERSION = 1;

    private AuthorityRecord() {}

    /** The record; it has the private key. */
    static byte[] encode(Authority authority) {
        byte[] key = authority.key().getEncoded();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(VERSION);
            sized(out, key);
            sized(out, authority.location().orElse("").getBytes(StandardCharsets.UTF_8));
            certificates(out, authority.chain());
            certificates(out, authority.former());
        } catch (IOException e) {
            throw new IllegalStateException("the authority cannot be encoded", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        return bytes.toByteArray();
    }

    private static void certificates(DataOutputStream out, List<X509CertificateHolder> certificates)
            throws IOException {
        out.writeShort(certificates.size());
        for (X509CertificateHolder certificate : certificates) {
            sized(out, certificate.getEncoded());
        }
    }

    private static void sized(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads a record.
     *
     * @throws IOException if it is of another version, or none at all; one line
     */
    static Authority decode(byte[] content) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(content);
        try {
            int version = Short.toUnsignedInt(in.getShort());
            if (version != VERSION) {
                throw new IOException("the certification authority is stored in version " + version
                        + ", and this release knows version " + VERSION);
            }
            PrivateKey key = key(sized(in));
            String location = new String(sized(in), StandardCharsets.UTF_8);
            return new Authority(
                    key,
                    certificates(in),
                    certificates(in),
                    location.isEmpty() ? Optional.empty() : Optional.of(location));
        } catch (BufferUnderflowException | GeneralSecurityException e) {
            throw new IOException("what is stored of the certification authority cannot be read", e);
        }
    }

    private static PrivateKey key(byte[] encoded) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static List<X509CertificateHolder> certificates(ByteBuffer in) throws IOException {
        int count = Short.toUnsignedInt(in.getShort());
        List<X509CertificateHolder> certificates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            certificates.add(new X509CertificateHolder(sized(in)));
        }
        return certificates;
    }

    private static byte[] sized(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }
}
