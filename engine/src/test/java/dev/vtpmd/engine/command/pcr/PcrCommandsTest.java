package dev.vtpmd.engine.command.pcr;

import dev.vtpmd.engine.TestTpm;
import dev.vtpmd.engine.tss.TssCommand;
import dev.vtpmd.engine.tss.TssPcrs;
import dev.vtpmd.engine.tss.TssResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** TPM2_PCR_Extend, _Event and _Read; digests of "abc" are those of FIPS 180-4, Appendix, and of sha512sum. */
class PcrCommandsTest {
    private static final int NULL = 0x40000007;
    private static final int PCR_EVENT = 0x13C;
    private static final int PCR_READ = 0x17E;
    private static final int PCR_EXTEND = 0x182;
    private static final String SHA1_ABC = "A9993E364706816ABA3E25717850C26C9CD0D89D";
    private static final String SHA256_ABC = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
    private static final String SHA384_ABC =
            "CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7";
    private static final String SHA512_ABC = "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A"
            + "2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F";

    private final TestTpm tpm = TestTpm.started();
    private final TssPcrs pcrs = new TssPcrs(tpm);

    @Test
    void anEventIsHashedIntoEveryBank() {
        TssResponse response = event(16, "616263");
        assertThat(response.parameters())
                .isEqualTo("00000004" + "0004" + SHA1_ABC + "000B" + SHA256_ABC + "000C" + SHA384_ABC + "000D"
                        + SHA512_ABC);
        assertThat(pcrs.value(16)).isEqualTo(TssPcrs.extended("00".repeat(32), SHA256_ABC));
    }

    @Test
    void anEventWithoutPcrIsOnlyHashed() {
        int before = pcrs.updateCounter();
        assertThat(event(NULL, "616263").parameters()).contains(SHA256_ABC);
        assertThat(pcrs.updateCounter()).isEqualTo(before);
    }

    @Test
    void anEventHas1024BytesAtMost() {
        assertThat(event(16, "00".repeat(1024)).code()).isZero();
        assertThat(event(16, "00".repeat(1025)).code()).isEqualTo(0x1D5);
    }

    @Test
    void extendingNoPcrDoesNothing() {
        int before = pcrs.updateCounter();
        assertThat(extend(NULL, "00000001 000B" + "11".repeat(32))).isZero();
        assertThat(pcrs.updateCounter()).isEqualTo(before);
    }

    @Test
    void aBankNamedTwiceIsExtendedTwice() {
        assertThat(extend(8, "00000002 000B" + SHA256_ABC + "000B" + SHA256_ABC))
                .isZero();
        String once = TssPcrs.extended("00".repeat(32), SHA256_ABC);
        assertThat(pcrs.value(8)).isEqualTo(TssPcrs.extended(once, SHA256_ABC));
    }

    @Test
    void extendTakesAsManyDigestsAsThereAreHashes() {
        String digest = "000B" + SHA256_ABC;
        assertThat(extend(8, "00000004" + digest.repeat(4))).isZero();
        assertThat(extend(8, "00000005" + digest.repeat(5))).isEqualTo(0x1D5);
        assertThat(extend(8, "00000001 0027" + SHA256_ABC)).isEqualTo(0x1C3);
        assertThat(extend(8, "00000000")).isZero();
    }

    @Test
    void readGivesEightPcrsAtATime() {
        String parameters = read("00000001 000B 03 FFFFFF").parameters();
        assertThat(parameters.substring(8, 36)).isEqualTo("00000001" + "000B" + "03" + "FF0000" + "00000008");
        assertThat(parameters.substring(8 + 28)).isEqualTo(("0020" + "00".repeat(32)).repeat(8));
    }

    @Test
    void readKeepsTheOrderOfTheBanks() {
        String parameters = read("00000002 000C 03 010000 0004 03 010000").parameters();
        assertThat(parameters.substring(8))
                .isEqualTo("00000002" + "000C03010000" + "000403010000" + "00000002" + "0030" + "00".repeat(48) + "0014"
                        + "00".repeat(20));
    }

    @Test
    void aSelectionHasThreeBytesOfBits() {
        assertThat(read("00000001 000B 02 FFFF").code()).isEqualTo(0x1C4);
        assertThat(read("00000001 000B 04 FFFFFF00").code()).isEqualTo(0x1C4);
        assertThat(read("00000001 0027 03 010000").code()).isEqualTo(0x1C3);
    }

    private TssResponse event(int pcr, String data) {
        return TssCommand.of(PCR_EVENT)
                .handle(pcr)
                .password()
                .parameters("%04X".formatted(data.length() / 2) + data)
                .sendTo(tpm);
    }

    private int extend(int pcr, String digests) {
        return TssCommand.of(PCR_EXTEND)
                .handle(pcr)
                .password()
                .parameters(digests)
                .code(tpm);
    }

    private TssResponse read(String selection) {
        return TssCommand.of(PCR_READ).parameters(selection).sendTo(tpm);
    }
}
