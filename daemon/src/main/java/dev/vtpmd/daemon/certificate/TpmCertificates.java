package dev.vtpmd.daemon.certificate;

import dev.vtpmd.engine.TpmIdentity;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** The certificates that an authority gives to a TPM. */
public final class TpmCertificates {
    private static final X500Name EMPTY = X500Name.getInstance(new X500NameBuilder().build());

    private final Authority authority;

    /** Certificates by {@code authority}. */
    public TpmCertificates(Authority authority) {
        this.authority = authority;
    }

    /** For an endorsement key (EK Credential Profile, 3.2). Its subject is empty, so that its alternative name is critical. */
    public X509CertificateHolder endorsement(SubjectPublicKeyInfo key) {
        return authority.issue(
                EMPTY,
                key,
                certificate -> certificate
                        .addExtension(Extension.subjectAlternativeName, true, TpmNames.tpm())
                        .addExtension(Extension.subjectDirectoryAttributes, false, TpmNames.specification())
                        .addExtension(Extension.keyUsage, true, endorsementUsage(key))
                        .addExtension(Extension.extendedKeyUsage, false, purpose(TcgIdentifiers.KEY_PURPOSE_EK)));
    }

    /**
     * For the platform, with the key of its TPM, as swtpm's local CA makes it: what the Platform Certificate Profile calls it, in a
     * public key certificate.
     */
    public X509CertificateHolder platform(SubjectPublicKeyInfo endorsementKey, UUID machine) {
        return authority.issue(
                EMPTY,
                endorsementKey,
                certificate -> certificate
                        .addExtension(Extension.subjectAlternativeName, true, TpmNames.platform(machine))
                        .addExtension(Extension.keyUsage, true, endorsementUsage(endorsementKey))
                        .addExtension(Extension.extendedKeyUsage, false, purpose(TcgIdentifiers.KEY_PURPOSE_PLATFORM)));
    }

    /** For the device's signing key (Keys for Device Identity and Attestation, 8.1), in a TPM that has an EK certificate. */
    public X509CertificateHolder deviceIdentity(
            SubjectPublicKeyInfo key, X509CertificateHolder endorsement, UUID machine) {
        return ofDevice(
                key,
                endorsement,
                machine,
                certificate -> {},
                TcgIdentifiers.VERIFIED_TPM_RESIDENCY,
                TcgIdentifiers.VERIFIED_TPM_FIXED);
    }

    /** For the device's attestation key, likewise. */
    public X509CertificateHolder attestation(
            SubjectPublicKeyInfo key, X509CertificateHolder endorsement, UUID machine) {
        return ofDevice(
                key,
                endorsement,
                machine,
                certificate -> certificate.addExtension(
                        Extension.extendedKeyUsage, false, purpose(TcgIdentifiers.KEY_PURPOSE_AIK)),
                TcgIdentifiers.VERIFIED_TPM_RESIDENCY,
                TcgIdentifiers.VERIFIED_TPM_FIXED,
                TcgIdentifiers.VERIFIED_TPM_RESTRICTED);
    }

    private X509CertificateHolder ofDevice(
            SubjectPublicKeyInfo key,
            X509CertificateHolder endorsement,
            UUID machine,
            Authority.Extensions purpose,
            ASN1ObjectIdentifier... policies) {
        return authority.issue(device(machine), key, certificate -> {
            certificate
                    .addExtension(
                            Extension.subjectAlternativeName, false, TpmNames.hardwareModule(serialNumber(endorsement)))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            purpose.addTo(certificate);
            certificate.addExtension(
                    Extension.certificatePolicies,
                    false,
                    new CertificatePolicies(
                            Arrays.stream(policies).map(PolicyInformation::new).toArray(PolicyInformation[]::new)));
        });
    }

    /** The device is the virtual machine (802.1AR, 8.6: its serial number is in the subject). */
    private static X500Name device(UUID machine) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.SERIALNUMBER, machine.toString())
                .build();
    }

    private static KeyUsage endorsementUsage(SubjectPublicKeyInfo key) {
        boolean rsa = key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
        return new KeyUsage(rsa ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement);
    }

    private static ExtendedKeyUsage purpose(ASN1ObjectIdentifier identifier) {
        return new ExtendedKeyUsage(KeyPurposeId.getInstance(identifier));
    }

    private static String serialNumber(X509CertificateHolder endorsement) {
        HexFormat hex = HexFormat.of();
        byte[] issuer = AuthorityKeyIdentifier.fromExtensions(endorsement.getExtensions())
                .getKeyIdentifierOctets();
        return hex.formatHex(TpmIdentity.MANUFACTURER.getBytes(StandardCharsets.US_ASCII))
                + ':'
                + hex.formatHex(issuer)
                + ':'
                + hex.formatHex(endorsement.getSerialNumber().toByteArray());
    }

    /** The DER of a certificate. */
    public static byte[] der(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a certificate cannot be encoded", e);
        }
    }
}
