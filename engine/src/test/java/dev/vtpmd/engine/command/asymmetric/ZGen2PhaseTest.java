package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.engine.tss.TssCurve;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_ZGen_2Phase with a client on the other side. Response codes are those of swtpm 0.7.1. */
class ZGen2PhaseTest {
    private static final int ZGEN_2PHASE = 0x18D;
    private static final int EC_EPHEMERAL = 0x18E;

    private static final String ECDH = "0019";
    private static final String ECMQV = "001D";
    private static final String SM2 = "001B";
    private static final String NO_POINT = "000400000000";
    private static final String OFF_CURVE = "0006 0001 01 0001 01";

    private static final TssCurve P256 = TssCurve.P256;
    private static final BigInteger CLIENT_STATIC = TssCurve.number("1234567890ABCDEF".repeat(4));
    private static final BigInteger CLIENT_EPHEMERAL = TssCurve.number("0FEDCBA987654321".repeat(4));
    private static final String CLIENT_POINTS =
            P256.sized(P256.publicPoint(CLIENT_STATIC)) + P256.sized(P256.publicPoint(CLIENT_EPHEMERAL));
    private static final ECPoint TPM_STATIC = P256.publicPoint(TssCurve.number(TestKeys.ECC_SCALAR));

    private final LoadedTpm tpm = new LoadedTpm("full");
    private final String key = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));

    @Test
    void ecdhGivesAPointForEachPairOfKeys() {
        Ephemeral ephemeral = ephemeral();
        String answer = tpm.run(ZGEN_2PHASE, 1, key, CLIENT_POINTS + ECDH + ephemeral.counter);
        assertThat(answer)
                .isEqualTo(P256.sized(TPM_STATIC.multiply(CLIENT_STATIC))
                        + P256.sized(ephemeral.point.multiply(CLIENT_EPHEMERAL)));
    }

    /** SP 800-56A, 5.7.2.3.1, from the client's side; values of 128 bits of x and the bit above. */
    @Test
    void mqvMixesTheKeys() {
        Ephemeral ephemeral = ephemeral();
        String answer = tpm.run(ZGEN_2PHASE, 1, key, CLIENT_POINTS + ECMQV + ephemeral.counter);
        BigInteger secret = CLIENT_EPHEMERAL
                .add(associated(P256.publicPoint(CLIENT_EPHEMERAL), 128).multiply(CLIENT_STATIC))
                .mod(P256.order());
        ECPoint theirs = ephemeral.point.add(TPM_STATIC.multiply(associated(ephemeral.point, 128)));
        assertThat(answer).isEqualTo(P256.sized(theirs.multiply(secret)) + NO_POINT);
    }

    /** GM/T 0003.3, 6.1, from the client's side; values of 127 bits of x and the bit above. */
    @Test
    void sm2MixesTheKeysTheOtherWayRound() {
        Ephemeral ephemeral = ephemeral();
        String answer = tpm.run(ZGEN_2PHASE, 1, key, CLIENT_POINTS + SM2 + ephemeral.counter);
        BigInteger secret = CLIENT_STATIC
                .add(associated(P256.publicPoint(CLIENT_EPHEMERAL), 127).multiply(CLIENT_EPHEMERAL))
                .mod(P256.order());
        ECPoint theirs = TPM_STATIC.add(ephemeral.point.multiply(associated(ephemeral.point, 127)));
        assertThat(answer).isEqualTo(P256.sized(theirs.multiply(secret)) + NO_POINT);
    }

    @Test
    void anEphemeralKeyServesOneExchange() {
        String counter = ephemeral().counter;
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, CLIENT_POINTS + ECDH + "0300")).isEqualTo(0x4C4);
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, CLIENT_POINTS + ECDH + counter))
                .isZero();
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, CLIENT_POINTS + ECDH + counter))
                .isEqualTo(0x4C4);
    }

    @Test
    void refusesWhatDoesNotFitAndKeepsTheEphemeralKey() {
        String counter = ephemeral().counter;
        String point = P256.sized(TPM_STATIC);
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, OFF_CURVE + point + ECDH + counter))
                .isEqualTo(0x1E7);
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, point + OFF_CURVE + ECDH + counter))
                .isEqualTo(0x2E7);
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, point + point + "0018" + counter))
                .isEqualTo(0x3D2);
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, point + point + "0010" + counter))
                .isEqualTo(0x3D2);
        assertThat(tpm.code(ZGEN_2PHASE, 1, key, point + point + ECDH + counter))
                .isZero();
    }

    @Test
    void refusesKeysThatMayNot() {
        String rest = CLIENT_POINTS + ECDH + "0000";
        String rsa = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String signing = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(tpm.code(ZGEN_2PHASE, 1, rsa, rest)).isEqualTo(0x19C);
        assertThat(tpm.code(ZGEN_2PHASE, 1, signing, rest)).isEqualTo(0x182);
    }

    @Test
    void refusesRestrictedKeysAndAnotherSchemeThanTheKeys() {
        int attributes = TestKeys.DECRYPTING | TpmaObject.RESTRICTED;
        String restricted = tpm.load(TestKeys.ecc(attributes, TpmtAsymScheme.NULL));
        String ecdhOnly =
                tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, new TpmtAsymScheme(TpmAlgId.ECDH, TpmiAlgHash.SHA256)));
        assertThat(tpm.code(ZGEN_2PHASE, 1, restricted, CLIENT_POINTS + ECDH + "0000"))
                .isEqualTo(0x182);
        assertThat(tpm.code(ZGEN_2PHASE, 1, ecdhOnly, CLIENT_POINTS + SM2 + "0000"))
                .isEqualTo(0x3D2);
    }

    /** The default profile offers ECDH alone. */
    @Test
    void schemesThatAreNotOfferedAreNoSchemes() {
        LoadedTpm defaultTpm = new LoadedTpm();
        String defaultKey = defaultTpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String answer = defaultTpm.run(EC_EPHEMERAL, "", "0003");
        String counter = answer.substring(answer.length() - 4);
        assertThat(defaultTpm.code(ZGEN_2PHASE, 1, defaultKey, CLIENT_POINTS + ECMQV + counter))
                .isEqualTo(0x3D2);
        assertThat(defaultTpm.code(ZGEN_2PHASE, 1, defaultKey, CLIENT_POINTS + ECDH + counter))
                .isZero();
    }

    private Ephemeral ephemeral() {
        String answer = tpm.run(EC_EPHEMERAL, "", "0003");
        int end = answer.length() - 4;
        return new Ephemeral(P256.point(answer.substring(0, end)), answer.substring(end));
    }

    private record Ephemeral(ECPoint point, String counter) {}

    private static BigInteger associated(ECPoint point, int bits) {
        BigInteger x = point.normalize().getAffineXCoord().toBigInteger();
        return x.mod(BigInteger.TWO.pow(bits)).setBit(bits);
    }
}
