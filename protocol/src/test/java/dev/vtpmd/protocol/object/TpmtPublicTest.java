package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.algorithm.TpmsEccPoint;
import dev.vtpmd.protocol.algorithm.TpmtAsymScheme;
import dev.vtpmd.protocol.algorithm.TpmtKdfScheme;
import dev.vtpmd.protocol.algorithm.TpmtSymDefObject;
import dev.vtpmd.protocol.attribute.TpmaObject;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmEccCurve;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class TpmtPublicTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String POLICY_A = "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa";

    /** The TPM2B_PUBLIC of tpm2_createek -G ecc, which is template L-2 of the TCG's EK Credential Profile. */
    private static final String EK_TEMPLATE = "007a" + "0023" + "000b" + "000300b2" + "0020" + POLICY_A
            + "000600800043" + "0010" + "0003" + "0010"
            + "0020" + "00".repeat(32) + "0020" + "00".repeat(32);

    /** The TPM2B_PUBLIC of tpm2_createak -G ecc -g sha256 -s ecdsa. */
    private static final String AK_TEMPLATE =
            "0018" + "0023" + "000b" + "00050072" + "0000" + "0010" + "0018000b" + "0003" + "0010" + "0000" + "0000";

    /** A TPMT_PUBLIC of sealed data. */
    private static final String SEALED = "0008" + "000b" + "00000472" + "0000" + "0010" + "0000";

    @Test
    void theTemplateOfAnEndorsementKey() {
        TpmtPublic expected = new TpmtPublic(
                TpmAlgId.ECC,
                TpmiAlgHash.SHA256,
                new TpmaObject(0x000300B2),
                Tpm2b.copyOf(HEX.parseHex(POLICY_A)),
                new TpmsEccParms(
                        new TpmtSymDefObject(TpmAlgId.AES, 128, TpmAlgId.CFB),
                        TpmtAsymScheme.NULL,
                        TpmEccCurve.NIST_P256,
                        TpmtKdfScheme.NULL),
                new TpmuPublicId.Ecc(new TpmsEccPoint(Tpm2b.zeros(32), Tpm2b.zeros(32))));

        check(EK_TEMPLATE, expected);
    }

    @Test
    void theTemplateOfAnAttestationKey() {
        TpmtPublic expected = new TpmtPublic(
                TpmAlgId.ECC,
                TpmiAlgHash.SHA256,
                new TpmaObject(0x00050072),
                Tpm2b.EMPTY,
                new TpmsEccParms(
                        TpmtSymDefObject.NULL,
                        new TpmtAsymScheme(TpmAlgId.ECDSA, TpmiAlgHash.SHA256),
                        TpmEccCurve.NIST_P256,
                        TpmtKdfScheme.NULL),
                new TpmuPublicId.Ecc(TpmsEccPoint.EMPTY));

        check(AK_TEMPLATE, expected);
    }

    /** What swtpm answers to these TPM2B_PUBLIC in TPM2_CreatePrimary, without the parameter's number. */
    @ParameterizedTest
    @CsvSource({
        "TYPE, 0004",
        "HASH, 0008 0010",
        "RESERVED_BITS, 0008 000b 00000473",
        "SYMMETRIC, 0025 000b 00000472 0000 0010",
        "VALUE, 0008 000b 00000472 0000 0014",
        "VALUE, 0001 000b 00000472 0000 0010 0018",
        "VALUE, 0001 000b 00000472 0000 0010 0010 0600",
        "SCHEME, 0023 000b 00000472 0000 0010 0014",
        "CURVE, 0023 000b 00000472 0000 0010 0010 00ff",
        "CURVE, 0023 000b 00000472 0000 0010 0010 0000",
        "KDF, 0023 000b 00000472 0000 0010 0010 0003 0006",
        "SIZE, 0008 000b 00000472 0041"
    })
    void whatIsWrongIsSaidAsSoonAsItIsRead(TpmRc error, String encoded) {
        assertThatTpmAnswers(error, () -> TpmtPublic.read(reader(encoded.replace(" ", ""))));
    }

    @Test
    void onlyALoadedPublicAreaMayHaveNoName() {
        String encoded = "0008" + "0010" + "00000040" + "0000" + "0010" + "0000";

        assertThat(TpmtPublic.readAllowingNullName(reader(encoded)).nameAlg()).isEqualTo(TpmiAlgHash.NULL);
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmtPublic.read(reader(encoded)));
    }

    @Test
    void theTemplateOfADerivedObjectHasALabelAndAContext() {
        String template = "0008" + "000b" + "00000472" + "0000" + "0010" + "0003616263" + "0001ff";

        assertThat(TpmtPublic.readDerivationTemplate(reader(template)).unique())
                .isEqualTo(new TpmuPublicId.Derive(
                        new TpmsDerive(Tpm2b.copyOf((byte) 'a', (byte) 'b', (byte) 'c'), Tpm2b.copyOf((byte) 0xFF))));
    }

    @Test
    void itsPartsCanBeReplaced() {
        TpmtPublic sealed = TpmtPublic.read(reader(SEALED));
        TpmuPublicId unique = new TpmuPublicId.KeyedHash(Tpm2b.zeros(32));

        assertThat(sealed.withUnique(unique).unique()).isEqualTo(unique);
        assertThat(sealed.withUnique(unique).withUnique(sealed.unique())).isEqualTo(sealed);
        assertThat(sealed.withObjectAttributes(new TpmaObject(0))
                        .objectAttributes()
                        .value())
                .isZero();
    }

    @Test
    void anExponentOfZeroStandsFor65537() {
        assertThat(rsa(0).publicExponent()).isEqualTo(65537);
        assertThat(rsa(3).publicExponent()).isEqualTo(3);
        assertThat(rsa(0xFFFFFFFF).publicExponent()).isEqualTo(4294967295L);
    }

    private static TpmsRsaParms rsa(int exponent) {
        return new TpmsRsaParms(TpmtSymDefObject.NULL, TpmtAsymScheme.NULL, 2048, exponent);
    }

    private static void check(String recorded, TpmtPublic expected) {
        assertThat(reader(recorded).sized(TpmtPublic::read)).isEqualTo(expected);
        assertThat(HEX.formatHex(TpmWriter.toByteArray(out -> out.sized(expected::write))))
                .isEqualTo(recorded);
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HEX.parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
