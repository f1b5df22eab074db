package dev.vtpmd.engine.certificate;

import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;

/** Whether the extensions of a certificate say of a key what is true of it (Part 3, 18.8.2). */
public final class CertificateExtensions {
    /** tcg-tpmaObject: the attributes of the key as a BIT STRING. */
    private static final byte[] TPMA_OBJECT = encoding(new ASN1ObjectIdentifier("2.23.133.10.1.1.1"));

    private static final byte[] KEY_USAGE = encoding(Extension.keyUsage);

    /** TPMA_X509_KEY_USAGE (Part 2, 8.12): digitalSignature is bit 31. */
    private static final int DIGITAL_SIGNATURE = 1 << 31;

    private static final int NONREPUDIATION = 1 << 30;
    private static final int KEY_ENCIPHERMENT = 1 << 29;
    private static final int DATA_ENCIPHERMENT = 1 << 28;
    private static final int KEY_AGREEMENT = 1 << 27;
    private static final int KEY_CERT_SIGN = 1 << 26;
    private static final int CRL_SIGN = 1 << 25;
    private static final int ENCIPHER_ONLY = 1 << 24;
    private static final int DECIPHER_ONLY = 1 << 23;
    private static final int DEFINED = -1 << 23;
    private static final int SIGNING = DIGITAL_SIGNATURE | KEY_CERT_SIGN | CRL_SIGN;
    private static final int DECRYPTING =
            KEY_ENCIPHERMENT | DATA_ENCIPHERMENT | KEY_AGREEMENT | ENCIPHER_ONLY | DECIPHER_ONLY;

    private static final int LARGEST_BIT_STRING = 4;

    private CertificateExtensions() {}

    /**
     * Checks extensions.
     *
     * @param extensions [3] of a TBSCertificate, with tag and length
     * @param attributes those of the key that is certified
     * @throws TpmException TPM_RC_VALUE if they are malformed, have no keyUsage, or one that the attributes do not allow;
     *     TPM_RC_RESERVED_BITS if keyUsage has undefined bits; TPM_RC_ATTRIBUTES if they give other attributes
     */
    public static void check(byte[] extensions, TpmaObject attributes) {
        DerReader.Element list =
                new DerReader(extensions).next(DerReader.EXTENSIONS).reader().next(DerReader.SEQUENCE);
        OptionalInt claimed = bits(list, TPMA_OBJECT);
        if (claimed.isPresent() && claimed.getAsInt() != attributes.value()) {
            throw TpmException.of(TpmRc.ATTRIBUTES);
        }
        int usage = bits(list, KEY_USAGE).orElseThrow(() -> TpmException.of(TpmRc.VALUE));
        if ((usage & ~DEFINED) != 0) {
            throw TpmException.of(TpmRc.RESERVED_BITS);
        }
        boolean allowed = (attributes.sign() || (usage & SIGNING) == 0)
                && (attributes.decrypt() || (usage & DECRYPTING) == 0)
                && (attributes.fixedTpm() || (usage & NONREPUDIATION) == 0)
                && (attributes.restricted() || (usage & KEY_ENCIPHERMENT) == 0);
        if (!allowed) {
            throw TpmException.of(TpmRc.VALUE);
        }
    }

    /** The bits, from bit 31 on, in the first extension with this identifier. */
    private static OptionalInt bits(DerReader.Element list, byte[] identifier) {
        OptionalInt found = OptionalInt.empty();
        DerReader extensions = list.reader();
        while (extensions.hasNext()) {
            DerReader.Element extension = extensions.next(DerReader.SEQUENCE);
            byte[] contents = extension.contentBytes();
            boolean matches = contents.length >= identifier.length
                    && Arrays.equals(contents, 0, identifier.length, identifier, 0, identifier.length);
            if (matches && found.isEmpty()) {
                found = OptionalInt.of(value(extension.reader()));
            }
        }
        return found;
    }

    /** The value of an extension, whose OCTET STRING holds a BIT STRING of up to 32 bits. */
    private static int value(DerReader extension) {
        DerReader.Element element = extension.next();
        while (element.tag() != DerReader.OCTET_STRING) {
            element = extension.next();
        }
        byte[] bits = element.reader().next(DerReader.BIT_STRING).contentBytes();
        if (bits.length == 0 || bits.length > 1 + LARGEST_BIT_STRING) {
            throw TpmException.of(TpmRc.VALUE);
        }
        int unused = bits[0];
        if (unused < 0 || unused >= Byte.SIZE || bits.length == 1 && unused != 0) {
            throw TpmException.of(TpmRc.VALUE);
        }
        int value = 0;
        for (int i = 1; i < bits.length; i++) {
            value |= (bits[i] & 0xFF) << Integer.SIZE - i * Byte.SIZE;
        }
        int used = (bits.length - 1) * Byte.SIZE - unused;
        return used == 0 ? 0 : value & -1 << Integer.SIZE - used;
    }

    private static byte[] encoding(ASN1ObjectIdentifier identifier) {
        try {
            return identifier.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("an object identifier cannot be encoded", e);
        }
    }
}
