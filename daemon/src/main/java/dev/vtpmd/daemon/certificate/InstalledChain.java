package dev.vtpmd.daemon.certificate;

import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Checks a certificate that another authority has given to this one. */
final class InstalledChain {
    private InstalledChain() {}

    /**
     * The certificate for {@code key} among {@code given}, followed by that of who signed it, and so on.
     *
     * @throws IllegalArgumentException if there is none, or it does not make its owner an authority, or there is something that does
     *     not belong to it; one line says which
     */
    static List<X509CertificateHolder> of(List<X509CertificateHolder> given, SubjectPublicKeyInfo key) {
        List<X509CertificateHolder> rest = new ArrayList<>(given);
        X509CertificateHolder own = rest.stream()
                .filter(certificate -> certificate.getSubjectPublicKeyInfo().equals(key))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "the certificate is for another key than that of this authority (vtpmd ca csr asks for one that fits)"));
        rest.remove(own);
        requireAuthority(own);
        List<X509CertificateHolder> chain = new ArrayList<>(List.of(own));
        while (!rest.isEmpty()) {
            X509CertificateHolder last = chain.getLast();
            X509CertificateHolder issuer = rest.stream()
                    .filter(certificate -> certificate.getSubject().equals(last.getIssuer()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the certificate of '"
                            + rest.getFirst().getSubject() + "' does not belong to the chain of '" + own.getSubject()
                            + "'"));
            requireSigned(last, issuer);
            rest.remove(issuer);
            chain.add(issuer);
        }
        if (chain.getLast().getSubject().equals(chain.getLast().getIssuer())) {
            requireSigned(chain.getLast(), chain.getLast());
        }
        return chain;
    }

    private static void requireAuthority(X509CertificateHolder certificate) {
        BasicConstraints constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
        if (constraints == null || !constraints.isCA() || usage != null && !usage.hasUsages(KeyUsage.keyCertSign)) {
            throw new IllegalArgumentException(
                    "the certificate does not allow its owner to sign certificates: it needs the basic constraint CA:TRUE, and"
                            + " keyCertSign in its key usage");
        }
        if (!certificate.isValidOn(Date.from(Instant.now()))) {
            throw new IllegalArgumentException("the certificate is valid from "
                    + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant() + " only");
        }
    }

    private static void requireSigned(X509CertificateHolder certificate, X509CertificateHolder issuer) {
        boolean valid;
        try {
            valid = certificate.isSignatureValid(new JcaContentVerifierProviderBuilder().build(issuer));
        } catch (OperatorCreationException | CertException | CertificateException e) {
            valid = false;
        }
        if (!valid) {
            throw new IllegalArgumentException("the certificate of '" + certificate.getSubject()
                    + "' was not signed with the key of '" + issuer.getSubject() + "'");
        }
    }
}
