package dev.vtpmd.protocol.structure;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.constant.TpmSt;
import dev.vtpmd.protocol.constant.TpmiAlgHash;
import dev.vtpmd.protocol.wire.AlgorithmProfile;
import dev.vtpmd.protocol.wire.TpmReader;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;

import java.util.HexFormat;

import static dev.vtpmd.protocol.wire.TpmExceptionAssert.assertThatTpmAnswers;
import static org.assertj.core.api.Assertions.assertThat;

/** The quote that swtpm answers to tpm2_quote of PCRs 0 to 7 with the nonce abcdef. */
final class TpmsAttestTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String SIGNER = "000b1fa1d6564da6dcef73f3a562cb3bf7e183770e16091eafb79ae3b34eee3b4cab";
    private static final String PCR_DIGEST = "c23709f07733a11df1d3bb557e90d8035912cad297930e7f46a84803bc035743";
    private static final String AFTER_TYPE = "0022" + SIGNER + "0003abcdef"
            + "0000000000004c0e" + "00000001" + "00000000" + "01"
            + "2019102300163636"
            + "00000001" + "000b03ff0000" + "0020" + PCR_DIGEST;
    private static final String RECORDED = "ff544347" + "8018" + AFTER_TYPE;

    @Test
    void saysWhoQuotedWhatAndWhen() {
        TpmsAttest attest =
                new TpmReader(HEX.parseHex("0074" + RECORDED), AlgorithmProfile.DEFAULT).sized(TpmsAttest::read);

        assertThat(HEX.formatHex(attest.qualifiedSigner().toByteArray())).isEqualTo(SIGNER);
        assertThat(HEX.formatHex(attest.extraData().toByteArray())).isEqualTo("abcdef");
        assertThat(attest.clockInfo()).isEqualTo(new TpmsClockInfo(19470, 1, 0, true));
        assertThat(attest.firmwareVersion()).isEqualTo(0x2019102300163636L);
        assertThat(attest.attested()).isInstanceOfSatisfying(TpmsQuoteInfo.class, quote -> {
            assertThat(quote.type()).isEqualTo(TpmSt.ATTEST_QUOTE);
            assertThat(quote.pcrSelect())
                    .isEqualTo(TpmlPcrSelection.of(TpmsPcrSelection.of(TpmiAlgHash.SHA256, 0, 1, 2, 3, 4, 5, 6, 7)));
            assertThat(HEX.formatHex(quote.pcrDigest().toByteArray())).isEqualTo(PCR_DIGEST);
        });
    }

    @Test
    void isWrittenAsItWasRecorded() {
        TpmsAttest attest = TpmsAttest.read(reader(RECORDED));

        assertThat(HEX.formatHex(TpmWriter.toByteArray(attest::write))).isEqualTo(RECORDED);
    }

    @Test
    void beginsWithTheMagicNumber() {
        assertThatTpmAnswers(TpmRc.VALUE, () -> TpmsAttest.read(reader("ff544348" + "8018" + AFTER_TYPE)));
    }

    @Test
    void isOfATypeThatCanBeAttested() {
        assertThatTpmAnswers(TpmRc.SELECTOR, () -> TpmsAttest.read(reader("ff544347" + "8021" + AFTER_TYPE)));
    }

    private static TpmReader reader(String hex) {
        return new TpmReader(HEX.parseHex(hex), AlgorithmProfile.DEFAULT);
    }
}
