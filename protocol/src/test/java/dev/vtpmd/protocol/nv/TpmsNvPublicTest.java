package dev.vtpmd.protocol.nv;

import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.Tpm2b;
import dev.vtpmd.protocol.wire.TpmReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

final class TpmsNvPublicTest {
    @Test
    void anOrdinaryIndexOfEightBytes() {
        assertThat(TpmsNvPublic.read(reader("01000001" + "000b" + "00040004" + "0000" + "0008")))
                .isEqualTo(new TpmsNvPublic(0x01000001, TpmiAlgHash.SHA256, new TpmaNv(0x00040004), Tpm2b.EMPTY, 8));
    }

    /** What swtpm answers to these TPM2B_NV_PUBLIC in TPM2_NV_DefineSpace, without the parameter's number. */
    @ParameterizedTest
    @CsvSource({
        "SIZE, 01000001 000b 00040004 0000 0801",
        "SIZE, 01000001 000b 00040004 0041",
        "VALUE, 02000001 000b 00040004 0000 0008",
        "RESERVED_BITS, 01000001 000b 00040104 0000 0008",
        "HASH, 01000001 0010 00040004 0000 0008"
    })
    void whatIsWrongIsSaid(TpmRc error, String encoded) {
        assertThatTpmAnswers(error, () -> TpmsNvPublic.read(reader(encoded.replace(" ", ""))));
    }

    @Test
    void theLargestIndex() {
        assertThat(TpmsNvPublic.read(reader("01000001" + "000b" + "00040004" + "0000" + "0800"))
                        .dataSize())
                .isEqualTo(2048);
    }

    @Test
    void aPinIndexHasALimit() {
        assertThat(new TpmsNvPinCounterParameters(4, 5).limitReached()).isFalse();
        assertThat(new TpmsNvPinCounterParameters(5, 5).limitReached()).isTrue();
        assertThat(new TpmsNvPinCounterParameters(5, 0xFFFFFFFF).limitReached())
                .as("the numbers are unsigned")
                .isFalse();
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HexFormat.of().parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
