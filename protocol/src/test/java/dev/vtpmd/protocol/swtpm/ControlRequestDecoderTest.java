package dev.vtpmd.protocol.swtpm;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages as swtpm_ioctl, tcti-swtpm and QEMU send them, each string one receive. */
class ControlRequestDecoderTest {
    private final ControlRequestDecoder decoder = new ControlRequestDecoder();

    @Test
    void readsWhatQemuSendsWhenItStarts() {
        assertThat(receive("00000010", "00000001", "0000000e", "00000011 00000000"))
                .containsExactly(
                        new ControlRequest.SetDataFd(),
                        new ControlRequest.GetCapability(),
                        new ControlRequest.Stop(),
                        new ControlRequest.SetBufferSize(0));
        assertThat(receive("00000002 00000000", "00000002 00000001"))
                .containsExactly(new ControlRequest.Init(false), new ControlRequest.Init(true));
    }

    @Test
    void takesALocalityWithAndWithoutPadding() {
        assertThat(receive("00000005 03")).containsExactly(new ControlRequest.SetLocality(3));
        assertThat(receive("00000005 03000000")).containsExactly(new ControlRequest.SetLocality(3));
        assertThat(receive("0000000b 04")).containsExactly(new ControlRequest.ResetTpmEstablished(4));
        assertThat(receive("0000000b 04000000")).containsExactly(new ControlRequest.ResetTpmEstablished(4));
    }

    @Test
    void waitsForTheRestOfAMessage() {
        assertThat(receive("00", "0000", "02", "000000")).isEmpty();
        assertThat(decoder.insideHead()).isTrue();
        assertThat(receive("01")).containsExactly(new ControlRequest.Init(true));
        assertThat(decoder.insideHead()).isFalse();
    }

    @Test
    void refusesSurplusBytesWhereTheLengthIsFixed() {
        assertThat(receive("0000000e 00")).containsExactly(new ControlRequest.Malformed(ControlCommand.STOP));
        assertThat(receive("00000002 00000000 00")).containsExactly(new ControlRequest.Malformed(ControlCommand.INIT));
        assertThat(receive("00000001 0000")).containsExactly(new ControlRequest.GetCapability());
    }

    @Test
    void namesCodesThatNoCommandHas() {
        assertThat(receive("00000000", "00000014 ffff", "80010000"))
                .containsExactly(
                        new ControlRequest.Unknown(0),
                        new ControlRequest.Unknown(0x14),
                        new ControlRequest.Unknown(0x8001_0000));
    }

    @Test
    void handsHashDataOnAsItArrives() {
        List<ControlRequest> pieces = receive("00000007 00000005 0102", "03", "0405", "00000007 00000000");
        assertThat(pieces)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new ControlRequest.HashData(new byte[] {1, 2}, false),
                        new ControlRequest.HashData(new byte[] {3}, false),
                        new ControlRequest.HashData(new byte[] {4, 5}, true),
                        new ControlRequest.HashData(new byte[0], true));
    }

    @Test
    void collectsAStateBlobThatTricklesIn() {
        assertThat(receive("0000000d 00000002 00000001 00000003", "aa")).isEmpty();
        assertThat(decoder.insideBody()).isTrue();
        assertThat(receive("bbcc"))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new ControlRequest.SetStateBlob(2, 1, HexFormat.of().parseHex("aabbcc")));
        assertThat(decoder.insideBody()).isFalse();
    }

    @Test
    void refusesAStateBlobAboveTheLimit() {
        assertThat(receive("0000000d 00000000 00000001 00080001"))
                .containsExactly(new ControlRequest.OversizeStateBlob());
        assertThat(receive("0000000d 00000000 00000001 ffffffff"))
                .containsExactly(new ControlRequest.OversizeStateBlob());
    }

    @Test
    void readsTheRemainingCommands() {
        assertThat(receive(
                        "00000003",
                        "00000004",
                        "00000006",
                        "00000008",
                        "00000009",
                        "0000000a",
                        "0000000c 00000001 00000002 00000010",
                        "0000000f",
                        "00000012 0000000000000007 00000c00 00000000",
                        "00000013 0000012c"))
                .containsExactly(
                        new ControlRequest.Shutdown(),
                        new ControlRequest.GetTpmEstablished(),
                        new ControlRequest.HashStart(),
                        new ControlRequest.HashEnd(),
                        new ControlRequest.CancelTpmCommand(),
                        new ControlRequest.StoreVolatile(),
                        new ControlRequest.GetStateBlob(true, 2, 16),
                        new ControlRequest.GetConfig(),
                        new ControlRequest.GetInfo(7, 3072),
                        new ControlRequest.LockStorage(300));
    }

    private List<ControlRequest> receive(String... segments) {
        List<ControlRequest> requests = new ArrayList<>();
        for (String segment : segments) {
            ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(segment.replace(" ", "")));
            decoder.decode(in).ifPresent(requests::add);
            assertThat(in.hasRemaining()).isFalse();
        }
        return requests;
    }
}
