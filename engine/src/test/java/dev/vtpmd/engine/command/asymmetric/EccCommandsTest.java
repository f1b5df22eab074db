package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EccCommandsTest {
    private static final int ECDH_ZGEN = 0x154;
    private static final int ECDH_KEY_GEN = 0x163;
    private static final int ECC_PARAMETERS = 0x178;

    /** The generator of P-256: its product with a private key is the public key. */
    private static final String GENERATOR = point(
            "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
            "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5");

    private final LoadedTpm tpm = new LoadedTpm();

    @Test
    void multipliesAPointByAPrivateKey() {
        String key = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        assertThat(tpm.run(ECDH_ZGEN, 1, key, GENERATOR)).isEqualTo(point(TestKeys.ECC_X, TestKeys.ECC_Y));
    }

    @Test
    void agreesWithTheHolderOfTheKey() {
        String key = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String answer = tpm.run(ECDH_KEY_GEN, key, "");
        int half = answer.length() / 2;
        assertThat(tpm.run(ECDH_ZGEN, 1, key, answer.substring(half))).isEqualTo(answer.substring(0, half));
        assertThat(tpm.run(ECDH_KEY_GEN, key, "")).isNotEqualTo(answer);
    }

    @Test
    void refusesPointsThatAreNotOnTheCurve() {
        String key = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        assertThat(tpm.code(ECDH_ZGEN, 1, key, "0006 0001 01 0001 01")).isEqualTo(0x1E7);
        assertThat(tpm.code(ECDH_ZGEN, 1, key, "0004 0000 0000")).isEqualTo(0x1E7);
        assertThat(tpm.code(ECDH_ZGEN, 1, key, "0000")).isEqualTo(0x1D5);
    }

    @Test
    void refusesKeysThatMayNot() {
        String rsa = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        String signing = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        String restricted = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING | TpmaObject.RESTRICTED, TpmtAsymScheme.NULL));
        assertThat(tpm.code(ECDH_ZGEN, 1, rsa, GENERATOR)).isEqualTo(0x19C);
        assertThat(tpm.code(ECDH_KEY_GEN, rsa, "")).isEqualTo(0x19C);
        assertThat(tpm.code(ECDH_ZGEN, 1, signing, GENERATOR)).isEqualTo(0x182);
        assertThat(tpm.code(ECDH_ZGEN, 1, restricted, GENERATOR)).isEqualTo(0x182);
    }

    @Test
    void refusesKeysForAnotherScheme() {
        String key =
                tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, new TpmtAsymScheme(TpmAlgId.ECMQV, TpmiAlgHash.SHA256)));
        assertThat(tpm.code(ECDH_ZGEN, 1, key, GENERATOR)).isEqualTo(0x192);
    }

    /** As swtpm 0.7.1 answers. */
    @Test
    void reportsTheParametersOfACurve() {
        assertThat(tpm.run(ECC_PARAMETERS, "", "0003"))
                .isEqualTo("000301000020000B0010"
                        + "0020FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"
                        + "0020FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC"
                        + "00205AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"
                        + "00206B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
                        + "00204FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
                        + "0020FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
                        + "000101");
        assertThat(tpm.run(ECC_PARAMETERS, "", "0005"))
                .startsWith("000502090020000D0010" + "004201FF")
                .contains("0042011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E")
                .endsWith("91386409" + "000101");
        assertThat(tpm.code(ECC_PARAMETERS, "", "0010")).isEqualTo(0x1E6);
    }

    private static String point(String x, String y) {
        return "0044" + "0020" + x + "0020" + y;
    }
}
