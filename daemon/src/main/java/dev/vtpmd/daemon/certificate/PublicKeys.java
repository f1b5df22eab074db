package dev.vtpmd.daemon.certificate;

import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmuPublicId;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;

/** The public keys of TPM objects as X.509 has them. */
public final class PublicKeys {
    private static final int UNCOMPRESSED = 0x04;

    private PublicKeys() {}

    /**
     * The key of an object as a SubjectPublicKeyInfo (RFC 3279, 2.3.1; RFC 5480), or empty for what is no RSA key, nor one on a NIST
     * curve of 256, 384 or 521 bits.
     */
    public static Optional<SubjectPublicKeyInfo> of(TpmtPublic object) {
        try {
            if (object.parameters() instanceof TpmsRsaParms parameters
                    && object.unique() instanceof TpmuPublicId.Rsa unique) {
                return Optional.of(rsa(parameters, unique));
            }
            if (object.parameters() instanceof TpmsEccParms parameters
                    && object.unique() instanceof TpmuPublicId.Ecc unique) {
                return curve(parameters.curveID())
                        .map(identifier -> ecc(identifier, parameters.curveID().coordinateSize(), unique));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a public key cannot be encoded", e);
        }
    }

    private static SubjectPublicKeyInfo rsa(TpmsRsaParms parameters, TpmuPublicId.Rsa unique) throws IOException {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPublicKey(
                        new BigInteger(1, unique.rsa().bytes()), BigInteger.valueOf(parameters.publicExponent())));
    }

    private static SubjectPublicKeyInfo ecc(ASN1ObjectIdentifier curve, int coordinateSize, TpmuPublicId.Ecc unique) {
        byte[] point = new byte[1 + 2 * coordinateSize];
        point[0] = UNCOMPRESSED;
        putLast(point, 1 + coordinateSize, unique.ecc().x().bytes());
        putLast(point, 1 + 2 * coordinateSize, unique.ecc().y().bytes());
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point);
    }

    /** Puts {@code number} so that it ends before {@code end}: a TPM may leave leading zeros out. */
    private static void putLast(byte[] point, int end, byte[] number) {
        System.arraycopy(number, 0, point, end - number.length, number.length);
    }

    private static Optional<ASN1ObjectIdentifier> curve(TpmEccCurve curve) {
        return switch (curve) {
            case NIST_P256 -> Optional.of(SECObjectIdentifiers.secp256r1);
            case NIST_P384 -> Optional.of(SECObjectIdentifiers.secp384r1);
            case NIST_P521 -> Optional.of(SECObjectIdentifiers.secp521r1);
            default -> Optional.empty();
        };
    }
}
