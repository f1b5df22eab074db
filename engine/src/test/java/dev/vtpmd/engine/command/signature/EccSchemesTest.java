package dev.vtpmd.engine.command.signature;

import dev.vtpmd.engine.command.LoadedTpm;
import dev.vtpmd.engine.object.TestKeys;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_Sign and TPM2_VerifySignature with ECSchnorr and SM2. Signatures and response codes are those of swtpm 0.7.1. */
class EccSchemesTest {
    private static final int SIGN = 0x15D;
    private static final int VERIFY_SIGNATURE = 0x177;

    private static final String DIGEST = "0020" + "11".repeat(32);
    private static final String OTHER_DIGEST = "0020" + "12".repeat(32);
    private static final String NO_TICKET = "8024 40000007 0000";
    private static final String ECSCHNORR = "001C000B"
            + "00205FF999E5F9F8679ABCF5FEF9B3DDB1206EB3A168B257F987011090F8FEABF4B9"
            + "002072D149F3F07BFA4FB0111B44E428288C19E5251976402C1C8EEFE9802494FE34";
    private static final String SM2 = "001B000B"
            + "00208F0EA849C38F3C97EC94B73E3063AC3884C333AF46C10C6D622A442CB2330434"
            + "0020A652526ADA5EBF17372C6EC127D301FD351EF9BCB77FBF804693BEA406440192";

    private final LoadedTpm tpm = new LoadedTpm("full");
    private final String key = tpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));

    @Test
    void verifiesWhatAnotherTpmSigned() {
        assertThat(tpm.code(VERIFY_SIGNATURE, key, DIGEST + ECSCHNORR)).isZero();
        assertThat(tpm.code(VERIFY_SIGNATURE, key, OTHER_DIGEST + ECSCHNORR)).isEqualTo(0x2DB);
        assertThat(tpm.code(VERIFY_SIGNATURE, key, DIGEST + SM2)).isZero();
        assertThat(tpm.code(VERIFY_SIGNATURE, key, OTHER_DIGEST + SM2)).isEqualTo(0x2DB);
        assertThat(tpm.code(VERIFY_SIGNATURE, key, DIGEST + "001C 000B 0000 0000"))
                .isEqualTo(0x2DB);
    }

    @ParameterizedTest
    @CsvSource({"001C", "001B"})
    void verifiesWhatItSigns(String scheme) {
        String signature = tpm.run(SIGN, 1, key, DIGEST + scheme + "000B" + NO_TICKET);
        assertThat(signature).startsWith(scheme + "000B0020").hasSize(8 + 2 * 68);
        assertThat(tpm.run(SIGN, 1, key, DIGEST + scheme + "000B" + NO_TICKET)).isNotEqualTo(signature);
        assertThat(tpm.code(VERIFY_SIGNATURE, key, DIGEST + signature)).isZero();
        assertThat(tpm.code(VERIFY_SIGNATURE, key, OTHER_DIGEST + signature)).isEqualTo(0x2DB);
    }

    @Test
    void theDigestIsOfTheSchemesAlgorithm() {
        assertThat(tpm.code(SIGN, 1, key, DIGEST + "001C 0004" + NO_TICKET)).isEqualTo(0x1D5);
    }

    @Test
    void aKeyWithASchemeSignsWithThatAlone() {
        String schnorrKey =
                tpm.load(TestKeys.ecc(TestKeys.SIGNING, new TpmtAsymScheme(TpmAlgId.ECSCHNORR, TpmiAlgHash.SHA256)));
        assertThat(tpm.run(SIGN, 1, schnorrKey, DIGEST + "0010" + NO_TICKET)).startsWith("001C000B");
        assertThat(tpm.code(SIGN, 1, schnorrKey, DIGEST + "0018 000B" + NO_TICKET))
                .isEqualTo(0x2D2);
    }

    @Test
    void schemesThatAreNotOfferedAreNoSchemes() {
        LoadedTpm defaultTpm = new LoadedTpm();
        String defaultKey = defaultTpm.load(TestKeys.ecc(TestKeys.SIGNING, TpmtAsymScheme.NULL));
        assertThat(defaultTpm.code(SIGN, 1, defaultKey, DIGEST + "001C 000B" + NO_TICKET))
                .isEqualTo(0x2D2);
        assertThat(defaultTpm.code(VERIFY_SIGNATURE, defaultKey, DIGEST + SM2)).isEqualTo(0x2D2);
    }
}
