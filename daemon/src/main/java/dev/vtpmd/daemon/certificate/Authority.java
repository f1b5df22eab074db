package dev.vtpmd.daemon.certificate;

import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A certification authority with a key on P-384. Immutable; may be used by several threads at once.
 *
 * @param key its private key
 * @param chain its certificate, followed by that of who signed it and so on, as far as they are known
 * @param former certificates with which it has signed before
 * @param location where others can fetch its certificate (URL), to be named in what it signs
 */
public record Authority(
        PrivateKey key,
        List<X509CertificateHolder> chain,
        List<X509CertificateHolder> former,
        Optional<String> location) {
    private static final String SIGNATURE = "SHA384withECDSA";
    /** Bits of a serial number; CAs have to use 64 random ones, and 159 always fit into 20 bytes (RFC 5280, 4.1.2.2). */
    private static final int SERIAL_BITS = 159;
    /** "To indicate that a certificate has no well-defined expiration date" (RFC 5280, 4.1.2.5). */
    private static final Time NEVER = new Time(new ASN1GeneralizedTime("99991231235959Z"));

    /** Copies the lists. */
    public Authority {
        chain = List.copyOf(chain);
        former = List.copyOf(former);
    }

    /** Adds what a certificate has besides its keys. */
    @FunctionalInterface
    interface Extensions {
        /** Adds extensions to {@code certificate}. */
        void addTo(X509v3CertificateBuilder certificate) throws IOException;
    }

    /** A new authority that vouches for itself. */
    static Authority create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            KeyPair pair = generator.generateKeyPair();
            SubjectPublicKeyInfo publicKey =
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
            SubjectKeyIdentifier identifier = new BcX509ExtensionUtils().createSubjectKeyIdentifier(publicKey);
            X500Name name = new X500Name(
                    "CN=vtpmd CA " + HexFormat.of().formatHex(identifier.getKeyIdentifier(), 0, Long.BYTES));
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                            name, serial(), now(), NEVER, name, publicKey)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(Extension.subjectKeyIdentifier, false, identifier);
            return new Authority(
                    pair.getPrivate(), List.of(builder.build(signer(pair.getPrivate()))), List.of(), Optional.empty());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certification authority can be made", e);
        }
    }

    /** Its certificate. */
    public X509CertificateHolder certificate() {
        return chain.getFirst();
    }

    /** A certificate for {@code key} that never expires. */
    X509CertificateHolder issue(X500Name subject, SubjectPublicKeyInfo publicKey, Extensions extensions) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                            certificate().getSubject(), serial(), now(), NEVER, subject, publicKey)
                    .addExtension(Extension.authorityKeyIdentifier, false, keyIdentifier())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            if (location.isPresent()) {
                builder.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(
                                AccessDescription.id_ad_caIssuers,
                                new GeneralName(GeneralName.uniformResourceIdentifier, location.get())));
            }
            extensions.addTo(builder);
            return builder.build(signer(key));
        } catch (IOException e) {
            throw new IllegalStateException("a certificate cannot be encoded", e);
        }
    }

    /** The identifier of its key, as its certificate has it (RFC 5280, 4.2.1.1). */
    AuthorityKeyIdentifier keyIdentifier() {
        SubjectKeyIdentifier own =
                SubjectKeyIdentifier.fromExtensions(certificate().getExtensions());
        return own == null
                ? new BcX509ExtensionUtils().createAuthorityKeyIdentifier(certificate())
                : new AuthorityKeyIdentifier(own.getKeyIdentifier());
    }

    /** A request, in PKCS #10, for a certificate by another authority. */
    PKCS10CertificationRequest request(X500Name subject) {
        return new PKCS10CertificationRequestBuilder(subject, certificate().getSubjectPublicKeyInfo())
                .build(signer(key));
    }

    /** The same with another chain; its certificate until now is kept among the former ones. */
    Authority with(List<X509CertificateHolder> newChain) {
        List<X509CertificateHolder> before = new ArrayList<>(former);
        before.remove(newChain.getFirst());
        if (!newChain.getFirst().equals(certificate())) {
            before.add(certificate());
        }
        return new Authority(key, newChain, before, location);
    }

    /** The same with another location of its certificate. */
    Authority at(Optional<String> newLocation) {
        return new Authority(key, chain, former, newLocation);
    }

    private static ContentSigner signer(PrivateKey key) {
        try {
            return new JcaContentSignerBuilder(SIGNATURE).build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("Java has no " + SIGNATURE, e);
        }
    }

    private static BigInteger serial() {
        // Positive, and not 0 by the bit at the top.
        return new BigInteger(SERIAL_BITS - 1, new SecureRandom()).setBit(SERIAL_BITS - 1);
    }

    private static Time now() {
        return new Time(Date.from(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }

    @Override
    public String toString() {
        return "Authority[" + certificate().getSubject() + "]";
    }
}
