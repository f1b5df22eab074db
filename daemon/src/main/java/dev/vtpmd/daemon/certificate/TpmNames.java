package dev.vtpmd.daemon.certificate;

import dev.vtpmd.daemon.Release;
import dev.vtpmd.daemon.device.TpmDescription;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.Attribute;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectDirectoryAttributes;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.Vector;

import static dev.vtpmd.engine.TpmIdentity.FAMILY;
import static dev.vtpmd.engine.TpmIdentity.LEVEL;
import static dev.vtpmd.engine.TpmIdentity.REVISION;

/** What certificates call a TPM and its platform: what the TPM itself reports in TPM_PT. */
final class TpmNames {
    private TpmNames() {}

    /** The TPM's manufacturer, model and version (EK Credential Profile, 3.1.2). */
    static GeneralNames tpm() {
        return directoryName(new X500NameBuilder()
                .addRDN(TcgIdentifiers.TPM_MANUFACTURER, text(TpmDescription.MANUFACTURER))
                .addRDN(TcgIdentifiers.TPM_MODEL, text(TpmDescription.MODEL))
                .addRDN(TcgIdentifiers.TPM_VERSION, text(TpmDescription.VERSION))
                .build());
    }

    /** The specification that the TPM follows (EK Credential Profile, 3.1.3). */
    static SubjectDirectoryAttributes specification() {
        ASN1EncodableVector specification = new ASN1EncodableVector();
        specification.add(text(FAMILY));
        specification.add(new ASN1Integer(LEVEL));
        specification.add(new ASN1Integer(REVISION));
        Vector<Attribute> attributes = new Vector<>(1);
        attributes.add(new Attribute(TcgIdentifiers.TPM_SPECIFICATION, new DERSet(new DERSequence(specification))));
        return new SubjectDirectoryAttributes(attributes);
    }

    /** The platform: a virtual machine of this service, with its UUID for a serial number. */
    static GeneralNames platform(UUID machine) {
        return directoryName(new X500NameBuilder()
                .addRDN(TcgIdentifiers.PLATFORM_MANUFACTURER, text(TpmDescription.MODEL))
                .addRDN(TcgIdentifiers.PLATFORM_MODEL, text("virtual machine"))
                .addRDN(TcgIdentifiers.PLATFORM_VERSION, text(Release.version()))
                .addRDN(TcgIdentifiers.PLATFORM_SERIAL, text(machine.toString()))
                .build());
    }

    /**
     * The device's TPM as a HardwareModuleName (RFC 4108, 5): its manufacturer, and issuer and serial number of its EK certificate
     * (Keys for Device Identity and Attestation, 8.1).
     */
    static GeneralNames hardwareModule(String serialNumber) {
        ASN1EncodableVector module = new ASN1EncodableVector();
        module.add(TcgIdentifiers.HARDWARE_TYPE_TPM);
        module.add(new DEROctetString(serialNumber.getBytes(StandardCharsets.US_ASCII)));
        ASN1EncodableVector otherName = new ASN1EncodableVector();
        otherName.add(TcgIdentifiers.HARDWARE_MODULE_NAME);
        otherName.add(new DERTaggedObject(true, 0, new DERSequence(module)));
        return new GeneralNames(new GeneralName(GeneralName.otherName, new DERSequence(otherName)));
    }

    private static GeneralNames directoryName(X500Name name) {
        return new GeneralNames(new GeneralName(name));
    }

    private static DERUTF8String text(String text) {
        return new DERUTF8String(text);
    }
}
