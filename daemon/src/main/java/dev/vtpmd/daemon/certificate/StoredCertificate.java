package dev.vtpmd.daemon.certificate;

import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509CertificateHolder;

import java.io.IOException;
import java.util.Optional;

/** A certificate in an NV index, which may be larger than the certificate. */
public final class StoredCertificate {
    private StoredCertificate() {}

    /** The certificate at the beginning of {@code data}, in DER; empty if there is something else. */
    public static Optional<X509CertificateHolder> read(byte[] data) {
        try (ASN1InputStream in = new ASN1InputStream(data)) {
            return Optional.ofNullable(in.readObject())
                    .map(object -> new X509CertificateHolder(Certificate.getInstance(object)));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
