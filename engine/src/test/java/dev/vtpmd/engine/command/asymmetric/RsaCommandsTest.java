package dev.vtpmd.engine.command.asymmetric;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Ciphertexts were made with OpenSSL. Codes are those of newest libtpms. */
class RsaCommandsTest {
    private static final int RSA_DECRYPT = 0x159;
    private static final int RSA_ENCRYPT = 0x174;

    private static final String SAMPLE = "0006" + "73616D706C65";
    /** With SHA-256 and the label "key", whose zero byte counts. */
    private static final String OAEP_ENCRYPTED = "0080"
            + "5c1efd8ca6fee8ed7cd463828bbbde5272874bb7878111c562130c502d2759ab"
            + "3ab67f3ded7e9a754435e2e202dbd78b2f97dc19dd0a256b1c138b6853231fda"
            + "17cbd89c7fcba90eabe5c21720c4d55b96b452ad6ada7489dbcea0d2c51e44c1"
            + "e75c837eebb66371608988933e5e41bd150807aa47665fc897e7eae222ec6a94";

    private static final String RSAES_ENCRYPTED = "0080"
            + "27f609c74a9e3d0a8f3dce42a2dc04856a32ebbdf6cfc1074b1620f2fd5fd716"
            + "71f26f9a13601d63ef1a706cc19b19fdd774ddfd14de8b39048963eee17d3beb"
            + "03105770dcca36db92bc06cd0a8402b1b3fa1ea1a59472fc7bd0dd659ff8eb1b"
            + "631aa6f50ba1e73328d79a90d62e9e029ccb60b136ddac326508cf2f6dc03758";
    /** The number 0x73616D706C65 to the power of 65537, modulo the modulus. */
    private static final String RAW_ENCRYPTED = "0080"
            + "5BF44F35B2698A12EB596642C8D198F8420B5AD11A785B2F444878E88A391AEB"
            + "548CE9B4B22299512C539681246E2394C3DF11C86C9DAFBFCEA05246446C70CF"
            + "286E2876B3028FE0FA9588FA193729D6FA46B37E72FE7D4EB815F88E797E17F1"
            + "66CD0FBE0C7E3FFCC7A98A09229534E555A7A81CCBB599F9D7346658D2D9D6BB";

    private static final String OAEP = "0017 000B";
    private static final String RSAES = "0015";
    private static final String NULL = "0010";
    private static final String NO_LABEL = "0000";
    private static final String LABEL = "0004 6B657900";

    private final LoadedTpm tpm = new LoadedTpm();
    private final String key = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));

    @Test
    void decryptsWhatOpenSslEncrypted() {
        assertThat(tpm.run(RSA_DECRYPT, 1, key, OAEP_ENCRYPTED + OAEP + LABEL)).isEqualTo(SAMPLE);
        assertThat(tpm.run(RSA_DECRYPT, 1, key, RSAES_ENCRYPTED + RSAES + NO_LABEL))
                .isEqualTo(SAMPLE);
        assertThat(tpm.run(RSA_DECRYPT, 1, key, RAW_ENCRYPTED + NULL + NO_LABEL))
                .isEqualTo("0080" + "00".repeat(122) + SAMPLE.substring(4));
    }

    @Test
    void encryptsWhatItDecrypts() {
        assertThat(tpm.run(RSA_ENCRYPT, key, SAMPLE + NULL + NO_LABEL)).isEqualTo(RAW_ENCRYPTED);
        String oaep = tpm.run(RSA_ENCRYPT, key, SAMPLE + OAEP + LABEL);
        assertThat(tpm.run(RSA_DECRYPT, 1, key, oaep + OAEP + LABEL)).isEqualTo(SAMPLE);
        assertThat(tpm.code(RSA_DECRYPT, 1, key, oaep + OAEP + NO_LABEL)).isEqualTo(0x084);
        String rsaes = tpm.run(RSA_ENCRYPT, key, SAMPLE + RSAES + NO_LABEL);
        assertThat(tpm.run(RSA_DECRYPT, 1, key, rsaes + RSAES + NO_LABEL)).isEqualTo(SAMPLE);
    }

    @Test
    void refusesKeysThatMayNot() {
        String ecc = tpm.load(TestKeys.ecc(TestKeys.DECRYPTING, TpmtAsymScheme.NULL));
        assertThat(decryptCode(ecc, RSAES_ENCRYPTED + RSAES + NO_LABEL)).isEqualTo(0x19C);
        assertThat(tpm.code(RSA_ENCRYPT, ecc, SAMPLE + RSAES + NO_LABEL)).isEqualTo(0x19C);
        String signing = tpm.load(TestKeys.rsa(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(decryptCode(signing, RSAES_ENCRYPTED + RSAES + NO_LABEL)).isEqualTo(0x182);
        assertThat(tpm.code(RSA_ENCRYPT, signing, SAMPLE + RSAES + NO_LABEL)).isEqualTo(0x182);
        tpm.state().objects().flush(Integer.parseUnsignedInt(signing, 16));
        String restricted = tpm.load(TestKeys.rsa(TestKeys.DECRYPTING | TpmaObject.RESTRICTED, TpmtAsymScheme.NULL));
        assertThat(decryptCode(restricted, RSAES_ENCRYPTED + RSAES + NO_LABEL)).isEqualTo(0x182);
        assertThat(tpm.code(RSA_ENCRYPT, restricted, SAMPLE + RSAES + NO_LABEL)).isZero();
    }

    @Test
    void refusesSchemesAndLabelsThatDoNotFit() {
        String oaepKey =
                tpm.load(TestKeys.rsa(TestKeys.DECRYPTING, new TpmtAsymScheme(TpmAlgId.OAEP, TpmiAlgHash.SHA256)));
        assertThat(tpm.code(RSA_ENCRYPT, oaepKey, SAMPLE + NULL + NO_LABEL)).isZero();
        assertThat(tpm.code(RSA_ENCRYPT, oaepKey, SAMPLE + RSAES + NO_LABEL)).isEqualTo(0x2D2);
        assertThat(tpm.code(RSA_ENCRYPT, oaepKey, SAMPLE + "0017 000C" + NO_LABEL))
                .isEqualTo(0x2D2);
        assertThat(tpm.code(RSA_ENCRYPT, key, SAMPLE + "0014 000B" + NO_LABEL)).isEqualTo(0x2C4);
        assertThat(tpm.code(RSA_ENCRYPT, key, SAMPLE + "0017 0010" + NO_LABEL)).isEqualTo(0x2C3);
        assertThat(tpm.code(RSA_ENCRYPT, key, SAMPLE + RSAES + "0003 6B6579")).isEqualTo(0x3C4);
        assertThat(decryptCode(key, RSAES_ENCRYPTED + RSAES + "0003 6B6579")).isEqualTo(0x3C4);
    }

    @Test
    void refusesMessagesThatDoNotFit() {
        assertThat(tpm.code(RSA_ENCRYPT, key, "0080" + "FF".repeat(128) + NULL + NO_LABEL))
                .isEqualTo(0x101);
        assertThat(tpm.code(RSA_ENCRYPT, key, "0081" + "FF".repeat(129) + NULL + NO_LABEL))
                .isEqualTo(0x084);
        assertThat(tpm.code(RSA_ENCRYPT, key, "0076" + "FF".repeat(118) + RSAES + NO_LABEL))
                .isEqualTo(0x101);
        assertThat(decryptCode(key, "007F" + "00".repeat(127) + NULL + NO_LABEL))
                .isEqualTo(0x095);
        assertThat(decryptCode(key, "0080" + "FF".repeat(128) + NULL + NO_LABEL))
                .isEqualTo(0x084);
        assertThat(decryptCode(key, RAW_ENCRYPTED + RSAES + NO_LABEL)).isEqualTo(0x084);
    }

    private int decryptCode(String handle, String parameters) {
        return tpm.code(RSA_DECRYPT, 1, handle, parameters);
    }
}
