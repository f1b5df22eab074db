package dev.vtpmd.protocol.swtpm;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Replies as swtpm's tpm_ioctl.h lays them out. */
class ControlReplyTest {
    @Test
    void aResultIsOneWord() {
        assertThat(hex(new ControlReply.Result(ControlResult.BAD_ORDINAL))).isEqualTo("0000000a");
        assertThat(hex(new ControlReply.Result(ControlResult.BAD_LOCALITY))).isEqualTo("0000003d");
    }

    @Test
    void capabilitiesAreTheLowHalfOfEightBytes() {
        assertThat(hex(new ControlReply.Capability(ControlCommand.CAPABILITIES)))
                .isEqualTo("000000000001ffff");
    }

    @Test
    void theEstablishedBitIsTheFirstByteBehindTheResult() {
        assertThat(hex(new ControlReply.Established(ControlResult.SUCCESS, true)))
                .isEqualTo("0000000001000000");
        assertThat(hex(new ControlReply.Established(ControlResult.BAD_ORDINAL, false)))
                .isEqualTo("0000000a00000000");
    }

    @Test
    void aStateBlobCountsFromItsOffset() {
        ControlReply reply = new ControlReply.StateBlob(ControlResult.SUCCESS, true, new byte[] {1, 2, 3}, 1);
        assertThat(hex(reply)).isEqualTo("00000000" + "00000002" + "00000002" + "00000002" + "0203");
        assertThat(hex(new ControlReply.StateBlob(ControlResult.RETRY)))
                .isEqualTo("00000800" + "00000000" + "00000000" + "00000000");
    }

    @Test
    void theRemainingRepliesFollowTheirStructures() {
        assertThat(hex(new ControlReply.Config(true, true))).isEqualTo("0000000000000003");
        assertThat(hex(new ControlReply.BufferSize(3968, 2808, 4096)))
                .isEqualTo("00000000" + "00000f80" + "00000af8" + "00001000");
        assertThat(hex(new ControlReply.InfoPiece(3, "{}\0".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("00000000" + "00000003" + "00000003" + "7b7d00");
    }

    private static String hex(ControlReply reply) {
        return HexFormat.of().formatHex(reply.toByteArray());
    }
}
