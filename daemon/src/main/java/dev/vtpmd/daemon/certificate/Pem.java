package dev.vtpmd.daemon.certificate;

import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** PEM (RFC 7468). */
public final class Pem {
    private Pem() {}

    /** The text of a structure in DER with this label. */
    public static String text(String label, byte[] der) {
        StringWriter text = new StringWriter();
        try (PemWriter out = new PemWriter(text)) {
            out.writeObject(new PemObject(label, der));
        } catch (IOException e) {
            throw new IllegalStateException("a PEM text cannot be written", e);
        }
        // The lines that BouncyCastle writes end as those of the platform.
        return text.toString();
    }

    /** The text of certificates, one after another. */
    public static String text(List<X509CertificateHolder> certificates) {
        return certificates.stream()
                .map(certificate -> text("CERTIFICATE", TpmCertificates.der(certificate)))
                .collect(Collectors.joining());
    }

    /**
     * The certificates in a text; what stands between them is ignored.
     *
     * @throws IllegalArgumentException if there is none, or something else; one line
     */
    static List<X509CertificateHolder> certificates(String text) {
        List<X509CertificateHolder> certificates = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                if (!(object instanceof X509CertificateHolder certificate)) {
                    throw new IllegalArgumentException("only certificates are wanted, and there is something else");
                }
                certificates.add(certificate);
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof IllegalArgumentException refused && refused.getCause() == null) {
                throw refused;
            }
            throw new IllegalArgumentException("this is no certificate in PEM", e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate in PEM");
        }
        return certificates;
    }
}
