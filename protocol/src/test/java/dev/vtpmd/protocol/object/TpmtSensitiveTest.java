package dev.vtpmd.protocol.object;

import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class TpmtSensitiveTest {
    @Test
    void anEmptyTpm2bHoldsNoSecrets() {
        assertThat(TpmtSensitive.readSized(reader("0000"))).isEmpty();
    }

    @Test
    void aTpm2bHoldsSecretsOfItsSize() {
        assertThat(TpmtSensitive.readSized(reader("000a" + "0008" + "000161" + "0000" + "000162")))
                .contains(new TpmtSensitive(
                        TpmAlgId.KEYEDHASH, Tpm2b.copyOf((byte) 'a'), Tpm2b.EMPTY, Tpm2b.copyOf((byte) 'b')));
        assertThatTpmAnswers(
                TpmRc.SIZE,
                () -> TpmtSensitive.readSized(reader("000b" + "0008" + "000161" + "0000" + "000162" + "00")));
    }

    /** The largest member of TPMU_SENSITIVE_COMPOSITE of each type. */
    @ParameterizedTest
    @CsvSource({"0001, 1280", "0023, 66", "0008, 128", "0025, 32"})
    void theTypeSaysHowLargeTheSecretMayBe(String type, int maximum) {
        String largest = type + "0000" + "0000" + "%04x".formatted(maximum) + "00".repeat(maximum);
        String tooLarge = type + "0000" + "0000" + "%04x".formatted(maximum + 1);

        assertThat(TpmtSensitive.read(reader(largest)).sensitive().size()).isEqualTo(maximum);
        assertThatTpmAnswers(TpmRc.SIZE, () -> TpmtSensitive.read(reader(tooLarge)));
    }

    @Test
    void itsTextShowsNoSecret() {
        TpmtSensitive secrets = TpmtSensitive.read(reader("0008" + "000141" + "000142" + "000143"));

        assertThat(secrets.toString()).doesNotContain("41").doesNotContain("42").doesNotContain("43");
    }

    @Test
    void wipingLeavesNothing() {
        TpmtSensitive secrets = TpmtSensitive.read(reader("0008" + "000141" + "000142" + "000143"));
        secrets.wipe();

        assertThat(secrets.authValue()).isEqualTo(Tpm2b.zeros(1));
        assertThat(secrets.seedValue()).isEqualTo(Tpm2b.zeros(1));
        assertThat(secrets.sensitive()).isEqualTo(Tpm2b.zeros(1));
    }

    /** As swtpm answers TPM2_CreatePrimary with 129 bytes to seal. */
    @Test
    void atMost128BytesCanBeSealed() {
        assertThatTpmAnswers(TpmRc.SIZE, () -> TpmsSensitiveCreate.read(reader("0000" + "0081" + "00".repeat(129))));
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
