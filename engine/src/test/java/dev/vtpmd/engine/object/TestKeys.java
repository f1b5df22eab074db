package dev.vtpmd.engine.object;

import dev.vtpmd.engine.crypto.Digests;
import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.algorithm.TpmtKeyedhashScheme;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmRh;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsKeyedhashParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmsSymcipherParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmtSensitive;
import dev.vtpmd.protocol.object.TpmuPublicId;
import dev.vtpmd.protocol.object.TpmuPublicParms;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.util.HexFormat;

/**
 * Objects with known keys. The RSA key was made with OpenSSL, the elliptic curve key is that of RFC 6979, A.2.5.
 */
public final class TestKeys {
    /** The usual attributes of a key that is used with its authValue, and not for ever. */
    public static final int USABLE = TpmaObject.USER_WITH_AUTH | TpmaObject.NO_DA;
    /** Attributes of an unrestricted signing key. */
    public static final int SIGNING = USABLE | TpmaObject.SIGN;
    /** Attributes of an unrestricted decryption key. */
    public static final int DECRYPTING = USABLE | TpmaObject.DECRYPT;

    /** Modulus of the RSA key, 1024 bits. */
    public static final String RSA_MODULUS = "cb9feaa85f0fc362ba663f13ab91171cede720b848a5af848f57dd455a21f720"
            + "dfb7daea234de8e40a75830a7cb95db5c8c64ab9b2d91edb9b0f211173756ba3"
            + "480f3aa7dbeb57258e33cc4485fea45d16c0090e7dcd1e74b9775f52ead8b4ee"
            + "f7a1deec5da1a09fef214e8fb4c027294714c90f2103bb6df462cdaab25dd851";

    /** One of its factors. */
    public static final String RSA_PRIME = "f5b4c93f3e7d0bde79d625b857069250e179fd67055e0805d08ef6138de6284f"
            + "bda36032d0bddc77e775b41801a5b627af513eb4971a2992a803e0232c4e7439";

    /** First coordinate of the public point on P-256. */
    public static final String ECC_X = "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6";
    /** Second coordinate of the public point on P-256. */
    public static final String ECC_Y = "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";

    /** The private key that belongs to it. */
    public static final String ECC_SCALAR = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

    private TestKeys() {}

    /** An RSA key of the owner hierarchy. */
    public static TpmObject rsa(int attributes, TpmtAsymScheme scheme) {
        return object(
                TpmAlgId.RSA,
                attributes,
                new TpmsRsaParms(TpmtSymDefObject.NULL, scheme, 1024, 0),
                new TpmuPublicId.Rsa(hex(RSA_MODULUS)),
                RSA_PRIME);
    }

    /** A key on P-256 of the owner hierarchy. */
    public static TpmObject ecc(int attributes, TpmtAsymScheme scheme) {
        return object(
                TpmAlgId.ECC,
                attributes,
                new TpmsEccParms(TpmtSymDefObject.NULL, scheme, TpmEccCurve.NIST_P256, TpmtKdfScheme.NULL),
                new TpmuPublicId.Ecc(new TpmsEccPoint(hex(ECC_X), hex(ECC_Y))),
                ECC_SCALAR);
    }

    /** A key of the owner hierarchy on any curve, with the coordinates and the scalar in their full size. */
    public static TpmObject ecc(TpmEccCurve curve, EccKey key, int attributes, TpmtAsymScheme scheme) {
        return object(
                TpmAlgId.ECC,
                attributes,
                new TpmsEccParms(TpmtSymDefObject.NULL, scheme, curve, TpmtKdfScheme.NULL),
                new TpmuPublicId.Ecc(new TpmsEccPoint(hex(key.x), hex(key.y))),
                key.scalar);
    }

    /** A key on an elliptic curve, in hexadecimal digits. */
    public record EccKey(String x, String y, String scalar) {}

    /** A keyed hash object of the owner hierarchy with this key. */
    public static TpmObject keyedHash(int attributes, TpmtKeyedhashScheme scheme, String key) {
        return object(
                TpmAlgId.KEYEDHASH,
                attributes,
                new TpmsKeyedhashParms(scheme),
                new TpmuPublicId.KeyedHash(Tpm2b.zeros(32)),
                key);
    }

    /** An AES key of the owner hierarchy. */
    public static TpmObject aes(int attributes, TpmAlgId mode, String key) {
        return object(
                TpmAlgId.SYMCIPHER,
                attributes,
                new TpmsSymcipherParms(new TpmtSymDefObject(TpmAlgId.AES, key.length() * 4, mode)),
                new TpmuPublicId.Sym(Tpm2b.zeros(32)),
                key);
    }

    /** {@code object} without its sensitive area. */
    public static TpmObject publicOnly(TpmObject object) {
        return new TpmObject(
                object.publicArea(),
                null,
                object.name(),
                object.qualifiedName(),
                object.hierarchy(),
                true,
                object.primary(),
                object.stClear(),
                0);
    }

    /** {@code object} as one of {@code hierarchy}. */
    public static TpmObject in(int hierarchy, TpmObject object) {
        return new TpmObject(
                object.publicArea(),
                object.sensitive(),
                object.name(),
                object.qualifiedName(),
                hierarchy,
                object.external(),
                object.primary(),
                object.stClear(),
                0);
    }

    private static TpmObject object(
            TpmAlgId type, int attributes, TpmuPublicParms parameters, TpmuPublicId unique, String secret) {
        TpmtPublic publicArea =
                new TpmtPublic(type, TpmiAlgHash.SHA256, new TpmaObject(attributes), Tpm2b.EMPTY, parameters, unique);
        Names names = new Names(new Digests());
        Tpm2b name = names.of(publicArea);
        Tpm2b qualifiedName = names.qualified(TpmiAlgHash.SHA256, Names.ofHandle(TpmRh.OWNER), name);
        TpmtSensitive sensitive = new TpmtSensitive(type, Tpm2b.EMPTY, Tpm2b.EMPTY, hex(secret));
        return new TpmObject(publicArea, sensitive, name, qualifiedName, TpmRh.OWNER, false, true, false, 0);
    }

    private static Tpm2b hex(String digits) {
        return Tpm2b.wrap(HexFormat.of().parseHex(digits));
    }
}
