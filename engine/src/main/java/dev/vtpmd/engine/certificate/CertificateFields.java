package dev.vtpmd.engine.certificate;

import dev.vtpmd.engine.crypto.RsaPublicKey;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmuPublicId;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;

/** The fields of a TBSCertificate that the TPM makes, in DER (RFC 5280, 4.1). */
public final class CertificateFields {
    /** RFC 3279, 2.1. */
    private static final ASN1ObjectIdentifier SHA1 = new ASN1ObjectIdentifier("1.3.14.3.2.26");
    /** GM/T 0006: RSA with SM3, PKCS #1 version 1.5. */
    private static final ASN1ObjectIdentifier RSA_WITH_SM3 = new ASN1ObjectIdentifier("1.2.156.10197.1.504");

    private static final int UNCOMPRESSED = 0x04;
    private static final int VERSION_3 = 2;

    private CertificateFields() {}

    /** [0] version: 3. */
    public static byte[] version() {
        return encode(new DERTaggedObject(0, new ASN1Integer(VERSION_3)));
    }

    /** serialNumber. */
    public static byte[] serialNumber(byte[] number) {
        return encode(new ASN1Integer(new BigInteger(1, number)));
    }

    /** subjectPublicKeyInfo of an object, or nothing if X.509 has none for it: RSA keys and named curves have one. */
    public static Optional<byte[]> publicKeyInfo(TpmObject object) {
        return switch (object.type()) {
            case RSA -> Optional.of(rsaKey(object.key().rsaPublicKey()));
            case ECC -> curve(object).map(curve -> eccKey(object, curve));
            default -> Optional.empty();
        };
    }

    /**
     * The AlgorithmIdentifier of signatures with {@code scheme}, or nothing if X.509 has none.
     *
     * @param saltSize size in bytes of the salt of RSAPSS
     */
    public static Optional<byte[]> signatureAlgorithm(TpmtAsymScheme scheme, int saltSize) {
        TpmiAlgHash hash = scheme.hashAlg();
        Optional<AlgorithmIdentifier> algorithm = switch (scheme.scheme()) {
            case RSASSA -> rsassa(hash).map(id -> new AlgorithmIdentifier(id, DERNull.INSTANCE));
            case RSAPSS -> digest(hash).map(id -> rsapss(id, saltSize));
            case ECDSA -> ecdsa(hash).map(AlgorithmIdentifier::new);
            default -> Optional.empty();
        };
        return algorithm.map(CertificateFields::encode);
    }

    /** A SEQUENCE of elements that are encoded already. */
    public static byte[] sequence(byte[]... elements) {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            contents.writeBytes(element);
        }
        int length = contents.size();
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        sequence.write(DerReader.SEQUENCE);
        if (length > 0xFF) {
            sequence.write(DerReader.LENGTH_OF_TWO_BYTES);
            sequence.write(length >> Byte.SIZE);
        } else if (length >= DerReader.FIRST_LONG_LENGTH) {
            sequence.write(DerReader.LENGTH_OF_ONE_BYTE);
        }
        sequence.write(length);
        sequence.writeBytes(contents.toByteArray());
        return sequence.toByteArray();
    }

    private static byte[] rsaKey(RsaPublicKey key) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        try {
            return encode(new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(key.modulus(), key.exponent())));
        } catch (IOException e) {
            throw new IllegalStateException("a public key cannot be encoded", e);
        }
    }

    private static byte[] eccKey(TpmObject object, ASN1ObjectIdentifier curve) {
        TpmsEccPoint point = ((TpmuPublicId.Ecc) object.publicArea().unique()).ecc();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(UNCOMPRESSED);
        bytes.writeBytes(point.x().bytes());
        bytes.writeBytes(point.y().bytes());
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
        return encode(new SubjectPublicKeyInfo(algorithm, bytes.toByteArray()));
    }

    private static Optional<ASN1ObjectIdentifier> curve(TpmObject object) {
        TpmEccCurve curve = ((TpmsEccParms) object.publicArea().parameters()).curveID();
        return Optional.ofNullable(
                switch (curve) {
                    case NIST_P192 -> X9ObjectIdentifiers.prime192v1;
                    case NIST_P224 -> SECObjectIdentifiers.secp224r1;
                    case NIST_P256 -> X9ObjectIdentifiers.prime256v1;
                    case NIST_P384 -> SECObjectIdentifiers.secp384r1;
                    case NIST_P521 -> SECObjectIdentifiers.secp521r1;
                    case SM2_P256 -> GMObjectIdentifiers.sm2p256v1;
                    default -> null;
                });
    }

    /** RFC 4055, 3.1. What has its default value is left out. */
    private static AlgorithmIdentifier rsapss(ASN1ObjectIdentifier digest, int saltSize) {
        AlgorithmIdentifier hash = new AlgorithmIdentifier(digest, DERNull.INSTANCE);
        AlgorithmIdentifier mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash);
        ASN1Encodable parameters =
                new RSASSAPSSparams(hash, mask, new ASN1Integer(saltSize), RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, parameters);
    }

    private static Optional<ASN1ObjectIdentifier> digest(TpmiAlgHash hash) {
        return Optional.ofNullable(
                switch (hash) {
                    case SHA1 -> SHA1;
                    case SHA256 -> NISTObjectIdentifiers.id_sha256;
                    case SHA384 -> NISTObjectIdentifiers.id_sha384;
                    case SHA512 -> NISTObjectIdentifiers.id_sha512;
                    case SHA3_256 -> NISTObjectIdentifiers.id_sha3_256;
                    case SHA3_384 -> NISTObjectIdentifiers.id_sha3_384;
                    case SHA3_512 -> NISTObjectIdentifiers.id_sha3_512;
                    case SM3_256 -> GMObjectIdentifiers.sm3;
                    case NULL -> null;
                });
    }

    private static Optional<ASN1ObjectIdentifier> rsassa(TpmiAlgHash hash) {
        return Optional.ofNullable(
                switch (hash) {
                    case SHA1 -> PKCSObjectIdentifiers.sha1WithRSAEncryption;
                    case SHA256 -> PKCSObjectIdentifiers.sha256WithRSAEncryption;
                    case SHA384 -> PKCSObjectIdentifiers.sha384WithRSAEncryption;
                    case SHA512 -> PKCSObjectIdentifiers.sha512WithRSAEncryption;
                    case SHA3_256 -> NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_256;
                    case SHA3_384 -> NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_384;
                    case SHA3_512 -> NISTObjectIdentifiers.id_rsassa_pkcs1_v1_5_with_sha3_512;
                    case SM3_256 -> RSA_WITH_SM3;
                    case NULL -> null;
                });
    }

    private static Optional<ASN1ObjectIdentifier> ecdsa(TpmiAlgHash hash) {
        return Optional.ofNullable(
                switch (hash) {
                    case SHA1 -> X9ObjectIdentifiers.ecdsa_with_SHA1;
                    case SHA256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
                    case SHA384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
                    case SHA512 -> X9ObjectIdentifiers.ecdsa_with_SHA512;
                    case SHA3_256 -> NISTObjectIdentifiers.id_ecdsa_with_sha3_256;
                    case SHA3_384 -> NISTObjectIdentifiers.id_ecdsa_with_sha3_384;
                    case SHA3_512 -> NISTObjectIdentifiers.id_ecdsa_with_sha3_512;
                    case SM3_256, NULL -> null;
                });
    }

    private static byte[] encode(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("a field cannot be encoded", e);
        }
    }
}
