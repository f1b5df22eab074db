package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Profiles;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class PcrStructuresTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The PCRs that tpm2_quote asked for: 0 to 7 of the SHA-256 bank. */
    @Test
    void firmwarePcrs() {
        TpmlPcrSelection selection = TpmlPcrSelection.read(reader("00000001" + "000b" + "03" + "ff0000"));

        assertThat(selection.pcrSelections()).containsExactly(new TpmsPcrSelection(TpmiAlgHash.SHA256, 0xFF));
        assertThat(selection.isSelected(TpmiAlgHash.SHA256, 7)).isTrue();
        assertThat(selection.isSelected(TpmiAlgHash.SHA256, 8)).isFalse();
        assertThat(selection.isSelected(TpmiAlgHash.SHA1, 7)).isFalse();
    }

    /** Part 2, 10.5.1: PCR n is bit n modulo 8 of byte n / 8. */
    @Test
    void everyByteHasEightPcrs() {
        TpmsPcrSelection selection = TpmsPcrSelection.of(TpmiAlgHash.SHA1, 0, 10, 23);

        assertThat(TpmWriter.toByteArray(selection::write)).isEqualTo(HEX.parseHex("0004" + "03" + "010480"));
        assertThat(selection.count()).isEqualTo(3);
        assertThat(selection.isSelected(10)).isTrue();
        assertThat(selection.isSelected(9)).isFalse();
        assertThat(selection.withPcrSelect(0).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"000b" + "02" + "0000", "000b" + "04" + "00000000", "000b" + "00"})
    void onlyThreeBytesOfPcrsAreAccepted(String encoded) {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmsPcrSelection.read(reader(encoded)));
    }

    @Test
    void aBankIsNeverNull() {
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmsPcrSelection.read(reader("0010" + "03" + "000000")));
    }

    @Test
    void aBankMayBeListedTwice() {
        assertThat(TpmlPcrSelection.read(reader("00000002" + "000b03010000" + "000b03010000"))
                        .pcrSelections())
                .hasSize(2);
    }

    @Test
    void thereAreNoMoreSelectionsThanHashAlgorithms() {
        assertThat(TpmlPcrSelection.read(reader("00000004" + "000b03010000".repeat(4)))
                        .pcrSelections())
                .hasSize(4);
        assertThatTpmAnswers(TpmRc.SIZE, () -> TpmlPcrSelection.read(reader("00000005")));
        assertThatTpmAnswers(
                TpmRc.SIZE, () -> TpmlPcrSelection.read(new TpmReader(HEX.parseHex("00000002"), Profiles.SMALL)));
    }

    /** The digests with which OVMF extends its first PCR. */
    @Test
    void oneEventInEveryBank() {
        String recorded = "00000004"
                + "00041489f923c4dca729178b3e3233458550d8dddf29"
                + "000b96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + "000c1dd6f7b457ad880d840d41c961283bab688e94e4b59359ea45686581e90feccea3c624b1226113f824f315eb60ae0a7c"
                + "000d5ea71dc6d0b4f57bf39aadd07c208c35f06cd2bac5fde210397f70de11d439c6"
                + "2ec1cdf3183758865fd387fcea0bada2f6c37a4a17851dd1d78fefe6f204ee54";

        TpmlDigestValues values = TpmlDigestValues.read(reader(recorded));

        assertThat(values.digests())
                .extracting(TpmtHa::hashAlg)
                .containsExactly(TpmiAlgHash.SHA1, TpmiAlgHash.SHA256, TpmiAlgHash.SHA384, TpmiAlgHash.SHA512);
        assertThat(values.digests().getFirst().digest().toByteArray())
                .isEqualTo(HEX.parseHex("1489f923c4dca729178b3e3233458550d8dddf29"));
        assertThat(TpmWriter.toByteArray(values::write)).isEqualTo(HEX.parseHex(recorded));
    }

    @Test
    void thereAreNoMoreDigestsThanHashAlgorithms() {
        assertThatTpmAnswers(TpmRc.SIZE, () -> TpmlDigestValues.read(reader("00000005")));
        assertThatTpmAnswers(TpmRc.HASH, () -> TpmlDigestValues.read(reader("00000001" + "0010")));
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HEX.parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
