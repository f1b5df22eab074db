package dev.vtpmd.daemon.provision;

import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.object.TpmsEccParms;
import dev.vtpmd.protocol.object.TpmsRsaParms;
import dev.vtpmd.protocol.object.TpmtPublic;
import dev.vtpmd.protocol.object.TpmuPublicId;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The templates that the TCG has fixed: whoever gives one to the TPM gets the same key again. */
final class KeyTemplates {
    private static final int FIXED = TpmaObject.FIXED_TPM | TpmaObject.FIXED_PARENT | TpmaObject.SENSITIVE_DATA_ORIGIN;
    private static final int STORAGE = FIXED | TpmaObject.RESTRICTED | TpmaObject.DECRYPT;
    private static final int IDENTITY =
            FIXED | TpmaObject.USER_WITH_AUTH | TpmaObject.ADMIN_WITH_POLICY | TpmaObject.SIGN;

    private static final TpmtSymDefObject AES_128 = new TpmtSymDefObject(TpmAlgId.AES, 128, TpmAlgId.CFB);
    private static final TpmtSymDefObject AES_256 = new TpmtSymDefObject(TpmAlgId.AES, 256, TpmAlgId.CFB);

    /** PolicyA: PolicySecret(TPM_RH_ENDORSEMENT) (EK Credential Profile, B.6.2). */
    private static final String POLICY_A_SHA256 = "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa";
    /** PolicyB: that, or what the platform's owner has put into an NV index (EK Credential Profile, B.6.3 and B.6.4). */
    private static final String POLICY_B_SHA384 =
            "b26e7d28d11a50bc53d882bcf5fd3a1a074148bb35d3b4e4" + "cb1c0ad9bde419cacb47ba09699646150f9fc000f3f80e12";

    private static final String POLICY_B_SHA512 = "b8221ca69e8550a4914de3faa6a18c072cc01208073a928d5d66d59ef79e49a4"
            + "29c41a6b269571d57edb25fbdb1838425608b413cd616a5f6db5b6071af99bea";
    /** PolicyOR for attestation keys of the device (Keys for Device Identity and Attestation, 7.3.6). */
    private static final String POLICY_IAK_SHA384 =
            "129d94ebf84556652c6eef43bbb757512ac87e52be7b349c" + "a6ce4d826f749fcf672f51716c5cbb605f313bf345aab312";
    /** PolicyOR for signing keys of the device (Keys for Device Identity and Attestation, 7.3.6). */
    private static final String POLICY_IDEVID_SHA384 =
            "4db1aa836d0b5615df6ee53a40ef70c61c217f4303d44695" + "925972bc927006cfa5cbdf6dc18c4dbe329b2f1542c3dd33";

    private KeyTemplates() {}

    /** Template L-1 of an RSA-2048 EK (EK Credential Profile, B.3.3). */
    static TpmtPublic lowRangeRsa() {
        return rsa(
                TpmiAlgHash.SHA256, STORAGE | TpmaObject.ADMIN_WITH_POLICY, POLICY_A_SHA256, AES_128, 2048, zeros(256));
    }

    /** Template L-2 of an ECC P-256 EK (EK Credential Profile, B.3.4). */
    static TpmtPublic lowRangeEcc() {
        return ecc(
                TpmiAlgHash.SHA256,
                STORAGE | TpmaObject.ADMIN_WITH_POLICY,
                POLICY_A_SHA256,
                AES_128,
                TpmtAsymScheme.NULL,
                TpmEccCurve.NIST_P256,
                new TpmsEccPoint(zeros(32), zeros(32)));
    }

    /** Templates H-6 and H-7 of RSA EKs of 3072 and 4096 bits (EK Credential Profile, B.4). */
    static TpmtPublic highRangeRsa(int keyBits) {
        return rsa(
                TpmiAlgHash.SHA384,
                STORAGE | TpmaObject.USER_WITH_AUTH | TpmaObject.ADMIN_WITH_POLICY,
                POLICY_B_SHA384,
                AES_256,
                keyBits,
                Tpm2b.EMPTY);
    }

    /** Templates H-3 and H-4 of ECC EKs on P-384 and P-521 (EK Credential Profile, B.4). */
    static TpmtPublic highRangeEcc(TpmEccCurve curve) {
        boolean p521 = curve == TpmEccCurve.NIST_P521;
        return ecc(
                p521 ? TpmiAlgHash.SHA512 : TpmiAlgHash.SHA384,
                STORAGE | TpmaObject.USER_WITH_AUTH | TpmaObject.ADMIN_WITH_POLICY,
                p521 ? POLICY_B_SHA512 : POLICY_B_SHA384,
                AES_256,
                TpmtAsymScheme.NULL,
                curve,
                TpmsEccPoint.EMPTY);
    }

    /** An RSA-2048 storage root key (TPM v2.0 Provisioning Guidance, 7.5.1: template L-1 with the changes named there). */
    static TpmtPublic storageRoot() {
        return rsa(
                TpmiAlgHash.SHA256,
                STORAGE | TpmaObject.USER_WITH_AUTH | TpmaObject.NO_DA,
                "",
                AES_128,
                2048,
                zeros(256));
    }

    /** The device's signing key on P-384 (Keys for Device Identity and Attestation, 7.3.4). */
    static TpmtPublic deviceIdentity() {
        return identity(IDENTITY, POLICY_IDEVID_SHA384, "IDEVID");
    }

    /** The device's attestation key on P-384 (Keys for Device Identity and Attestation, 7.3.4). */
    static TpmtPublic attestation() {
        return identity(IDENTITY | TpmaObject.RESTRICTED, POLICY_IAK_SHA384, "IAK");
    }

    private static TpmtPublic identity(int attributes, String policy, String label) {
        return ecc(
                TpmiAlgHash.SHA384,
                attributes,
                policy,
                TpmtSymDefObject.NULL,
                new TpmtAsymScheme(TpmAlgId.ECDSA, TpmiAlgHash.SHA384),
                TpmEccCurve.NIST_P384,
                new TpmsEccPoint(Tpm2b.wrap(label.getBytes(StandardCharsets.US_ASCII)), Tpm2b.EMPTY));
    }

    private static TpmtPublic rsa(
            TpmiAlgHash nameAlg, int attributes, String policy, TpmtSymDefObject symmetric, int keyBits, Tpm2b unique) {
        return new TpmtPublic(
                TpmAlgId.RSA,
                nameAlg,
                new TpmaObject(attributes),
                digest(policy),
                new TpmsRsaParms(symmetric, TpmtAsymScheme.NULL, keyBits, 0),
                new TpmuPublicId.Rsa(unique));
    }

    private static TpmtPublic ecc(
            TpmiAlgHash nameAlg,
            int attributes,
            String policy,
            TpmtSymDefObject symmetric,
            TpmtAsymScheme scheme,
            TpmEccCurve curve,
            TpmsEccPoint unique) {
        return new TpmtPublic(
                TpmAlgId.ECC,
                nameAlg,
                new TpmaObject(attributes),
                digest(policy),
                new TpmsEccParms(symmetric, scheme, curve, TpmtKdfScheme.NULL),
                new TpmuPublicId.Ecc(unique));
    }

    private static Tpm2b digest(String hex) {
        return Tpm2b.wrap(HexFormat.of().parseHex(hex));
    }

    private static Tpm2b zeros(int size) {
        return Tpm2b.zeros(size);
    }
}
