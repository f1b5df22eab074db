package dev.vtpmd.protocol.mssim;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MssimDecoderTest {
    private final MssimDecoder command = new MssimDecoder(MssimPort.COMMAND);
    private final MssimDecoder platform = new MssimDecoder(MssimPort.PLATFORM);

    @Test
    void readsTheHandshake() throws Exception {
        assertThat(command.read(bytes("0000000f00000001"))).contains(MssimSignal.REMOTE_HANDSHAKE);
        assertThat(command.value()).isEqualTo(1);
    }

    /** IBM's TSS and wolfTPM write each field by itself, tcti-mssim the first nine bytes together. */
    @Property
    void readsACommandHoweverItIsCut(@ForAll @IntRange(min = 1, max = 19) int piece) throws Exception {
        MssimDecoder decoder = new MssimDecoder(MssimPort.COMMAND);
        byte[] all = HexFormat.of().parseHex("00000008" + "02" + "0000000a" + "80010000000a00000181");
        Optional<MssimSignal> signal = Optional.empty();
        for (int at = 0; at < all.length; at += piece) {
            assertThat(signal).isEmpty();
            signal = decoder.read(ByteBuffer.wrap(all, at, Math.min(piece, all.length - at)));
        }
        assertThat(signal).contains(MssimSignal.SEND_COMMAND);
        assertThat(decoder.locality()).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(decoder.payload(), 0, decoder.payloadLength()))
                .isEqualTo("80010000000a00000181");
        assertThat(decoder.insideSignal()).isFalse();
    }

    @Test
    void readsSignalsThatArriveTogetherOneByOne() throws Exception {
        ByteBuffer in = bytes("00000001" + "0000000b");
        assertThat(platform.read(in)).contains(MssimSignal.POWER_ON);
        assertThat(platform.read(in)).contains(MssimSignal.NV_ON);
        assertThat(platform.read(in)).isEmpty();
    }

    @Test
    void takesAnEmptyPayload() throws Exception {
        assertThat(command.read(bytes("0000000600000000"))).contains(MssimSignal.HASH_DATA);
        assertThat(command.payloadLength()).isZero();
        assertThat(command.read(bytes("00000007"))).contains(MssimSignal.HASH_END);
    }

    @Test
    void knowsWhichPortASignalBelongsTo() throws Exception {
        assertThat(command.read(bytes("00000014"))).contains(MssimSignal.SESSION_END);
        assertThat(platform.read(bytes("00000014"))).contains(MssimSignal.SESSION_END);
        assertThatExceptionOfType(MssimProtocolException.class)
                .isThrownBy(() -> command.read(bytes("00000001")))
                .matches(MssimProtocolException::unknownSignal);
        assertThatExceptionOfType(MssimProtocolException.class)
                .isThrownBy(() -> platform.read(bytes("00000008")))
                .matches(MssimProtocolException::unknownSignal);
    }

    @Test
    void refusesAPayloadAboveTheLimitBeforeItArrives() throws Exception {
        assertThat(new MssimDecoder(MssimPort.COMMAND).read(bytes("0000000600100000")))
                .isEmpty();
        assertThatExceptionOfType(MssimProtocolException.class)
                .isThrownBy(() -> command.read(bytes("0000000600100001")));
        assertThatExceptionOfType(MssimProtocolException.class)
                .isThrownBy(() -> new MssimDecoder(MssimPort.COMMAND).read(bytes("0000000800ffffffff")));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
