package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmRc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class TpmReaderTest {
    @Test
    void readsBigEndianIntegers() {
        TpmReader in = reader("ff" + "8001" + "80000123" + "8000000000000001");

        assertThat(in.u8()).isEqualTo(0xFF);
        assertThat(in.u16()).isEqualTo(0x8001);
        assertThat(in.u32()).isEqualTo(0x80000123);
        assertThat(in.u64()).isEqualTo(0x8000000000000001L);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void anIntegerThatIsNotAllThereIsInsufficient() {
        assertThatTpmAnswers(TpmRc.INSUFFICIENT, () -> reader("").u8());
        assertThatTpmAnswers(TpmRc.INSUFFICIENT, () -> reader("00").u16());
        assertThatTpmAnswers(TpmRc.INSUFFICIENT, () -> reader("000000").u32());
        assertThatTpmAnswers(TpmRc.INSUFFICIENT, () -> reader("00000000000000").u64());
    }

    @Test
    void readsOnlyTheGivenPartOfTheArray() {
        TpmReader in = new TpmReader(HexFormat.of().parseHex("0102030405"), 1, 2, AlgorithmProfile.DEFAULT);

        assertThat(in.u16()).isEqualTo(0x0203);
        assertThatTpmAnswers(TpmRc.INSUFFICIENT, in::u8);
    }

    @Test
    void yesIsOneAndNoIsZero() {
        TpmReader in = reader("0100");

        assertThat(in.yesNo()).isTrue();
        assertThat(in.yesNo()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "80", "ff"})
    void anythingElseIsNeitherYesNorNo(String encoded) {
        assertThatTpmAnswers(TpmRc.VALUE, () -> reader(encoded).yesNo());
    }

    @Test
    void aBufferOfTheLargestSizeIsRead() {
        assertThat(reader("0003" + "010203").sizedBytes(3)).containsExactly(1, 2, 3);
    }

    @Test
    void aLargerBufferIsRefusedEvenIfItsBytesAreMissing() {
        assertThatTpmAnswers(TpmRc.SIZE, () -> reader("0004").sizedBytes(3));
    }

    @Test
    void aBufferThatIsNotAllThereIsInsufficient() {
        assertThatTpmAnswers(TpmRc.INSUFFICIENT, () -> reader("0003" + "0102").sizedBytes(3));
    }

    @Test
    void aSizedStructureTakesItsSize() {
        TpmReader in = reader("0004" + "80000001" + "ff");

        assertThat(in.<Integer>sized(TpmReader::u32)).isEqualTo(0x80000001);
        assertThat(in.remaining()).isEqualTo(1);
    }

    /** As swtpm answers TPM2_CreatePrimary with a TPM2B_PUBLIC of sizes 0, too small, too large and beyond the command. */
    @ParameterizedTest
    @ValueSource(strings = {"0000" + "80000001", "0003" + "80000001", "0005" + "8000000100", "1000" + "80000001"})
    void aSizedStructureOfAnotherSizeIsRefused(String encoded) {
        assertThatTpmAnswers(TpmRc.SIZE, () -> reader(encoded).sized(TpmReader::u32));
    }

    @Test
    void aSizedStructureThatIsNotAllThereIsInsufficient() {
        assertThatTpmAnswers(TpmRc.INSUFFICIENT, () -> reader("0004" + "800000").sized(TpmReader::u32));
    }

    @Test
    void readsALongestListAndAnEmptyOne() {
        assertThat(reader("00000002" + "0001" + "0002").<Integer>list(2, TpmReader::u16))
                .containsExactly(1, 2);
        assertThat(reader("00000000").<Integer>list(2, TpmReader::u16)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000003" + "000100020003", "80000000", "ffffffff"})
    void aLongerListIsRefused(String encoded) {
        assertThatTpmAnswers(TpmRc.SIZE, () -> reader(encoded).list(2, TpmReader::u16));
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
