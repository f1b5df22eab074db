package dev.vtpmd.daemon.certificate;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** Object identifiers of the TCG (EK Credential Profile 2.5, 4; Platform Certificate Profile 1.1, 5; Keys for Device Identity, 8). */
final class TcgIdentifiers {
    private static final ASN1ObjectIdentifier TCG = new ASN1ObjectIdentifier("2.23.133");

    static final ASN1ObjectIdentifier TPM_MANUFACTURER = TCG.branch("2.1");
    static final ASN1ObjectIdentifier TPM_MODEL = TCG.branch("2.2");
    static final ASN1ObjectIdentifier TPM_VERSION = TCG.branch("2.3");
    static final ASN1ObjectIdentifier TPM_SPECIFICATION = TCG.branch("2.16");

    static final ASN1ObjectIdentifier PLATFORM_MANUFACTURER = TCG.branch("5.1.1");
    static final ASN1ObjectIdentifier PLATFORM_MODEL = TCG.branch("5.1.4");
    static final ASN1ObjectIdentifier PLATFORM_VERSION = TCG.branch("5.1.5");
    static final ASN1ObjectIdentifier PLATFORM_SERIAL = TCG.branch("5.1.6");

    static final ASN1ObjectIdentifier KEY_PURPOSE_EK = TCG.branch("8.1");
    static final ASN1ObjectIdentifier KEY_PURPOSE_PLATFORM = TCG.branch("8.2");
    static final ASN1ObjectIdentifier KEY_PURPOSE_AIK = TCG.branch("8.3");

    static final ASN1ObjectIdentifier VERIFIED_TPM_RESIDENCY = TCG.branch("11.1.1");
    static final ASN1ObjectIdentifier VERIFIED_TPM_FIXED = TCG.branch("11.1.2");
    static final ASN1ObjectIdentifier VERIFIED_TPM_RESTRICTED = TCG.branch("11.1.3");

    /** The type of hardware in a HardwareModuleName: a TPM 2.0. */
    static final ASN1ObjectIdentifier HARDWARE_TYPE_TPM = TCG.branch("1.2");
    /** HardwareModuleName as another name (RFC 4108, 5). */
    static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

    private TcgIdentifiers() {}
}
