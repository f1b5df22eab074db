package dev.vtpmd.engine.command.ephemeral;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.object.TpmObject;
import dev.vtpmd.engine.tss.TssCrypto;
import dev.vtpmd.engine.tss.TssCurve;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_Commit and the anonymous signatures after it. Response codes are those of swtpm 0.7.1. */
class CommitTest {
    private static final int COMMIT = 0x18B;
    private static final int EC_EPHEMERAL = 0x18E;
    private static final int SIGN = 0x15D;
    private static final int VERIFY_SIGNATURE = 0x177;
    private static final int QUOTE = 0x158;
    private static final int CERTIFY = 0x148;

    private static final String NO_POINT = "0004 0000 0000";
    private static final String NOTHING = "0000 0000";
    private static final String OFF_CURVE = "0006 0001 01 0001 01";
    private static final String DIGEST = "11".repeat(32);
    private static final String NO_TICKET = "8024 40000007 0000";

    private static final TpmtAsymScheme ECDAA = new TpmtAsymScheme(TpmAlgId.ECDAA, TpmiAlgHash.SHA256);
    private static final TssCurve P256 = TssCurve.P256;
    private static final BigInteger PRIVATE = TssCurve.number(TestKeys.ECC_SCALAR);

    private final LoadedTpm tpm = new LoadedTpm("full");
    private final TpmObject anonymous = TestKeys.ecc(TestKeys.SIGNING, ECDAA);

    @Test
    void anAnonymousSignatureIsOfTheKeyAndTheCommitment() {
        String key = tpm.load(anonymous);
        Commitment commitment = commit(P256, key, NO_POINT + NOTHING);
        assertThat(commitment.k).isEqualTo("000400000000");
        assertThat(commitment.l).isEqualTo("000400000000");
        Signature signature = sign(key, commitment);
        assertThat(signature.commitmentBehind(P256, PRIVATE)).isEqualTo(P256.point(commitment.e));
    }

    @Test
    void allThreePointsBelongToOneEphemeralKey() {
        String key = tpm.load(anonymous);
        ECPoint p1 = P256.publicPoint(BigInteger.valueOf(5));
        HashedPoint p2 = HashedPoint.on(P256);
        Commitment commitment = commit(P256, key, P256.sized(p1) + p2.parameters());
        BigInteger r = sign(key, commitment).ephemeralKey(P256, PRIVATE);
        assertThat(P256.point(commitment.k)).isEqualTo(p2.point.multiply(PRIVATE));
        assertThat(P256.point(commitment.l)).isEqualTo(p2.point.multiply(r));
        assertThat(P256.point(commitment.e)).isEqualTo(p1.multiply(r));
    }

    @Test
    void withTheHashedPointAloneThereIsNoThird() {
        String key = tpm.load(anonymous);
        HashedPoint p2 = HashedPoint.on(P256);
        Commitment commitment = commit(P256, key, NO_POINT + p2.parameters());
        BigInteger r = sign(key, commitment).ephemeralKey(P256, PRIVATE);
        assertThat(P256.point(commitment.l)).isEqualTo(p2.point.multiply(r));
        assertThat(commitment.e).isEqualTo("000400000000");
    }

    @Test
    void worksOnAPairingFriendlyCurve() {
        TssCurve curve = TssCurve.BN_P256;
        ECPoint point = curve.publicPoint(PRIVATE);
        TestKeys.EccKey keyPair = new TestKeys.EccKey(
                curve.digits(point.getAffineXCoord().toBigInteger()),
                curve.digits(point.getAffineYCoord().toBigInteger()),
                TestKeys.ECC_SCALAR);
        String key = tpm.load(TestKeys.ecc(TpmEccCurve.BN_P256, keyPair, TestKeys.SIGNING, ECDAA));
        Commitment commitment = commit(curve, key, NO_POINT + NOTHING);
        assertThat(sign(key, commitment).commitmentBehind(curve, PRIVATE)).isEqualTo(curve.point(commitment.e));
    }

    @Test
    void aCommitmentServesOneSignature() {
        String key = tpm.load(anonymous);
        Commitment first = commit(P256, key, NO_POINT + NOTHING);
        Commitment second = commit(P256, key, NO_POINT + NOTHING);
        assertThat(first.counter).isEqualTo("0000");
        assertThat(second.counter).isEqualTo("0001");
        assertThat(second.e).isNotEqualTo(first.e);
        sign(key, second);
        assertThat(signCode(key, "001A 000B" + second.counter)).isEqualTo(0x84);
        assertThat(sign(key, first).commitmentBehind(P256, PRIVATE)).isEqualTo(P256.point(first.e));
        assertThat(signCode(key, "001A 000B 0300")).isEqualTo(0x84);
    }

    @Test
    void aFailedSignatureKeepsTheCommitment() {
        String key = tpm.load(anonymous);
        Commitment commitment = commit(P256, key, NO_POINT + NOTHING);
        String ticketOfAnother = "8024 40000001 0020" + "22".repeat(32);
        String scheme = "001A 000B" + commitment.counter;
        assertThat(tpm.code(SIGN, 1, key, "0020" + DIGEST + scheme + ticketOfAnother))
                .isEqualTo(0x3E0);
        assertThat(signCode(key, scheme)).isZero();
    }

    @Test
    void schemeOfKeyAndCommandMustAgree() {
        String key = tpm.load(anonymous);
        assertThat(signCode(key, "0010")).isEqualTo(0x2D2);
        assertThat(signCode(key, "001A 0004 0000")).isEqualTo(0x2D2);
        assertThat(tpm.code(QUOTE, 1, key, "0000 0010 00000000")).isEqualTo(0x2D2);
    }

    @Test
    void anonymousSignaturesAreNotVerified() {
        String key = tpm.load(anonymous);
        String signature = tpm.run(
                SIGN,
                1,
                key,
                "0020" + DIGEST + "001A 000B" + commit(P256, key, NO_POINT + NOTHING).counter + NO_TICKET);
        assertThat(tpm.code(VERIFY_SIGNATURE, key, "0020" + DIGEST + signature)).isEqualTo(0x2D2);
    }

    @Test
    void refusesWhatIsNoPoint() {
        String key = tpm.load(anonymous);
        assertThat(tpm.code(COMMIT, 1, key, "0000" + NOTHING)).isEqualTo(0x1D5);
        assertThat(tpm.code(COMMIT, 1, key, NO_POINT + "0001 01 0000")).isEqualTo(0x3D5);
        assertThat(tpm.code(COMMIT, 1, key, NO_POINT + "0000 0001 01")).isEqualTo(0x3D5);
        assertThat(tpm.code(COMMIT, 1, key, NO_POINT + "0001 01 0001 01")).isEqualTo(0x2E7);
        assertThat(tpm.code(COMMIT, 1, key, OFF_CURVE + NOTHING)).isEqualTo(0x1E7);
        assertThat(tpm.code(COMMIT, 1, key, "0005 0001 01 0000" + NOTHING)).isEqualTo(0x1E7);
    }

    @Test
    void refusesKeysThatAreNotAnonymous() {
        String ecdsa = tpm.load(TestKeys.ecc(TestKeys.SIGNING, new TpmtAsymScheme(TpmAlgId.ECDSA, TpmiAlgHash.SHA256)));
        String rsa = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(tpm.code(COMMIT, 1, ecdsa, NO_POINT + NOTHING)).isEqualTo(0x192);
        assertThat(tpm.code(COMMIT, 1, rsa, NO_POINT + NOTHING)).isEqualTo(0x19C);
    }

    /** qualifiedSigner and extraData are empty: magic, type and then two sizes of zero, as in swtpm's answer. */
    @Test
    void anAnonymousQuoteDoesNotNameTheSigner() {
        String key = tpm.load(anonymous);
        Commitment commitment = commit(P256, key, NO_POINT + NOTHING);
        String answer = tpm.run(QUOTE, 1, key, "0004 01020304 001A 000B" + commitment.counter + "00000000");
        String attest = answer.substring(4, 4 + 2 * Integer.parseInt(answer.substring(0, 4), 16));
        assertThat(attest).startsWith("FF544347" + "8018" + "0000" + "0000");
        byte[] inner = TssCrypto.SHA256.digest(HexFormat.of().parseHex(attest));
        byte[] digest = TssCrypto.SHA256.digest(new byte[] {1, 2, 3, 4}, inner);
        Signature signature = Signature.read(answer.substring(4 + attest.length()), digest);
        assertThat(signature.commitmentBehind(P256, PRIVATE)).isEqualTo(P256.point(commitment.e));
    }

    @Test
    void anAnonymousCertificateLeavesTheQualifiedNameOut() {
        TpmObject object = TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL);
        String key = tpm.load(anonymous);
        String counter = commit(P256, key, NO_POINT + NOTHING).counter;
        String answer = tpm.run(CERTIFY, 2, tpm.load(object) + key, "0000 001A 000B" + counter);
        String attest = answer.substring(4, 4 + 2 * Integer.parseInt(answer.substring(0, 4), 16));
        String name = HexFormat.of().withUpperCase().formatHex(object.name().bytes());
        assertThat(attest).endsWith("0022" + name + "0000");
    }

    /** The key of TPM2_EC_Ephemeral is another one than that of TPM2_Commit with the same number. */
    @Test
    void anEphemeralKeyForAnExchangeSignsNothingThatVerifies() {
        String key = tpm.load(anonymous);
        String answer = tpm.run(EC_EPHEMERAL, "", "0003");
        String counter = answer.substring(answer.length() - 4);
        String signed = tpm.run(SIGN, 1, key, "0020" + DIGEST + "001A 000B" + counter + NO_TICKET);
        Signature signature = Signature.read(signed, HexFormat.of().parseHex(DIGEST));
        assertThat(signature.commitmentBehind(P256, PRIVATE))
                .isNotEqualTo(P256.point(answer.substring(0, answer.length() - 4)));
    }

    private int signCode(String key, String scheme) {
        return tpm.code(SIGN, 1, key, "0020" + DIGEST + scheme + NO_TICKET);
    }

    private Signature sign(String key, Commitment commitment) {
        String signed = tpm.run(SIGN, 1, key, "0020" + DIGEST + "001A 000B" + commitment.counter + NO_TICKET);
        return Signature.read(signed, HexFormat.of().parseHex(DIGEST));
    }

    private Commitment commit(TssCurve curve, String key, String parameters) {
        String answer = tpm.run(COMMIT, 1, key, parameters);
        String[] points = new String[3];
        int at = 0;
        for (int i = 0; i < points.length; i++) {
            int end = at + 4 + 2 * Integer.parseInt(answer.substring(at, at + 4), 16);
            points[i] = answer.substring(at, end);
            at = end;
        }
        assertThat(points).allSatisfy(point -> assertThat(point.length()).isIn(12, 4 + 2 * (4 + 2 * curve.size())));
        return new Commitment(points[0], points[1], points[2], answer.substring(at));
    }

    private record Commitment(String k, String l, String e, String counter) {}

    /** An ECDAA signature: nonce and s, with s = r + T * d and T the digest of nonce and digest. */
    private record Signature(byte[] nonce, BigInteger s, byte[] digest) {
        static Signature read(String signature, byte[] digest) {
            assertThat(signature).startsWith("001A000B");
            int end = 12 + 2 * Integer.parseInt(signature.substring(8, 12), 16);
            byte[] nonce = HexFormat.of().parseHex(signature.substring(12, end));
            return new Signature(nonce, TssCurve.number(signature.substring(end + 4)), digest);
        }

        private BigInteger challenge() {
            return TssCurve.number(TssCrypto.SHA256.digest(nonce, digest));
        }

        /** [s]G - [T]Q, which is [r]G. */
        ECPoint commitmentBehind(TssCurve curve, BigInteger privateKey) {
            ECPoint publicKey = curve.publicPoint(privateKey);
            return curve.publicPoint(s).subtract(publicKey.multiply(challenge()));
        }

        /** What only the holder of the private key can tell. */
        BigInteger ephemeralKey(TssCurve curve, BigInteger privateKey) {
            return s.subtract(challenge().multiply(privateKey)).mod(curve.order());
        }
    }

    /** A point whose x coordinate is the digest of s2. */
    private record HashedPoint(int s2, ECPoint point) {
        /** Half of all digests are the x coordinate of a point. */
        static HashedPoint on(TssCurve curve) {
            for (int s2 = 0; ; s2++) {
                byte[] x = TssCrypto.SHA256.digest(new byte[] {(byte) s2});
                byte[] compressed = TssCrypto.concatenate(new byte[] {2}, x);
                try {
                    return new HashedPoint(s2, curve.generator().getCurve().decodePoint(compressed));
                } catch (IllegalArgumentException notOnTheCurve) {
                    // The next one may be.
                }
            }
        }

        String parameters() {
            String y = HexFormat.of().formatHex(point.getAffineYCoord().getEncoded());
            return "0001 %02X 0020 %s".formatted(s2, y);
        }
    }
}
