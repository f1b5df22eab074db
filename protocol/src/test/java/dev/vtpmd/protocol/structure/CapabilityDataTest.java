package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.attribute.TpmaCc;
import dev.vtpmd.protocol.constant.TpmAlgId;
import dev.vtpmd.protocol.constant.TpmCap;
import dev.vtpmd.protocol.constant.TpmPt;
import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;
import java.util.List;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

/** What swtpm answers to TPM2_GetCapability while OVMF and Linux boot, after moreData. */
final class CapabilityDataTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void theBanksOfPcrs() {
        TpmsPcrSelection[] banks = {
            new TpmsPcrSelection(TpmiAlgHash.SHA1, 0xFFFFFF),
            new TpmsPcrSelection(TpmiAlgHash.SHA256, 0xFFFFFF),
            new TpmsPcrSelection(TpmiAlgHash.SHA384, 0xFFFFFF),
            new TpmsPcrSelection(TpmiAlgHash.SHA512, 0xFFFFFF)
        };

        check(
                "00000005" + "00000004" + "000403ffffff" + "000b03ffffff" + "000c03ffffff" + "000d03ffffff",
                new TpmsCapabilityData(TpmCap.PCRS, TpmlPcrSelection.of(banks)));
    }

    @Test
    void theManufacturer() {
        int ibm = 'I' << 24 | 'B' << 16 | 'M' << 8;

        check(
                "00000006" + "00000001" + "00000105" + "49424d00",
                new TpmsCapabilityData(
                        TpmCap.TPM_PROPERTIES,
                        new TpmlTaggedTpmProperty(List.of(new TpmsTaggedProperty(TpmPt.MANUFACTURER, ibm)))));
    }

    @Test
    void theAttributesOfACommand() {
        check(
                "00000002" + "00000001" + "02c00124",
                new TpmsCapabilityData(TpmCap.COMMANDS, new TpmlCca(List.of(new TpmaCc(0x02C00124)))));
    }

    @Test
    void theFirstAlgorithms() {
        check(
                "00000000" + "00000005" + "000100000009" + "000300000002" + "000400000004" + "000500000104"
                        + "000600000002",
                new TpmsCapabilityData(
                        TpmCap.ALGS,
                        new TpmlAlgProperty(List.of(
                                TpmsAlgProperty.of(TpmAlgId.RSA),
                                TpmsAlgProperty.of(TpmAlgId.TDES),
                                TpmsAlgProperty.of(TpmAlgId.SHA1),
                                TpmsAlgProperty.of(TpmAlgId.HMAC),
                                TpmsAlgProperty.of(TpmAlgId.AES)))));
    }

    @Test
    void noTimers() {
        check("0000000a" + "00000000", new TpmsCapabilityData(TpmCap.ACT, new TpmlActData(List.of())));
    }

    @Test
    void aVendorHasNoList() {
        assertThatTpmAnswers(TpmRc.SELECTOR, () -> TpmsCapabilityData.read(reader("00000100" + "00000000")));
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmsCapabilityData.read(reader("0000000b" + "00000000")));
    }

    private static void check(String recorded, TpmsCapabilityData expected) {
        assertThat(TpmsCapabilityData.read(reader(recorded))).isEqualTo(expected);
        assertThat(HEX.formatHex(TpmWriter.toByteArray(expected::write))).isEqualTo(recorded);
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HEX.parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
