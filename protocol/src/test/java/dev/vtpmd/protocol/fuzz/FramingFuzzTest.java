package dev.vtpmd.protocol.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vtpmd.protocol.mssim.MssimDecoder;
import dev.vtpmd.protocol.mssim.MssimPort;
import dev.vtpmd.protocol.mssim.MssimProtocolException;
import dev.vtpmd.protocol.mssim.MssimSignal;
import dev.vtpmd.protocol.swtpm.CommandFrame;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes on a connection for commands: the same commands come out whether they arrive at once or in pieces, and none is
 * longer than it may be. The first byte of an input is the length of the pieces.
 */
class FramingFuzzTest {
    private static final String READ_CLOCK = "80010000000a00000181";
    private static final String STARTUP_CLEAR = "80010000000c000001440000";

    @MethodSource("swtpmStreams")
    @FuzzTest(maxDuration = "24h")
    void cutsCommandsOutOfAnyStream(byte[] input) {
        byte[] stream = stream(input);
        assertThat(commands(stream, pieceLength(input))).isEqualTo(commands(stream, stream.length));
    }

    @MethodSource("mssimStreams")
    @FuzzTest(maxDuration = "24h")
    void cutsSignalsOutOfAnyStream(byte[] input) {
        byte[] stream = stream(input);
        for (MssimPort port : MssimPort.values()) {
            assertThat(signals(port, stream, pieceLength(input))).isEqualTo(signals(port, stream, stream.length));
        }
    }

    static Stream<byte[]> swtpmStreams() {
        return inputs(
                READ_CLOCK + STARTUP_CLEAR,
                "00000008" + "03" + "0000000c" + STARTUP_CLEAR + READ_CLOCK,
                "80010000000900000181" + READ_CLOCK,
                "8002ffffffff00000181",
                READ_CLOCK.substring(0, 14));
    }

    static Stream<byte[]> mssimStreams() {
        return inputs(
                "0000000f00000001" + "00000008" + "02" + "0000000a" + READ_CLOCK + "00000014",
                "00000005" + "0000000600000003616263" + "00000007",
                "00000001" + "0000000b" + "00000019" + "0000001a00000001",
                "00000008" + "00" + "ffffffff",
                "000000ff");
    }

    private static Stream<byte[]> inputs(String... streams) {
        return Arrays.stream(streams)
                .flatMap(stream ->
                        Stream.of("01", "07").map(piece -> HexFormat.of().parseHex(piece + stream)));
    }

    private static int pieceLength(byte[] input) {
        return input.length == 0 ? 1 : Math.max(1, input[0] & 0xFF);
    }

    private static byte[] stream(byte[] input) {
        return Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    }

    private static List<String> commands(byte[] stream, int pieceLength) {
        CommandFrame frame = new CommandFrame();
        List<String> commands = new ArrayList<>();
        for (int at = 0; at < stream.length; at += pieceLength) {
            ByteBuffer in = ByteBuffer.wrap(stream, at, Math.min(pieceLength, stream.length - at));
            while (in.hasRemaining()) {
                int before = in.remaining();
                boolean complete = frame.read(in);
                assertThat(in.remaining()).isLessThan(before);
                assertThat(frame.length()).isBetween(0, CommandFrame.MAXIMUM_COMMAND);
                if (complete) {
                    String bytes = HexFormat.of().formatHex(frame.bytes(), 0, frame.length());
                    commands.add(frame.prefixed() ? frame.locality() + " " + bytes : bytes);
                    if (frame.headerWrong()) {
                        return commands;
                    }
                    frame.reset();
                }
            }
        }
        return commands;
    }

    private static List<String> signals(MssimPort port, byte[] stream, int pieceLength) {
        MssimDecoder decoder = new MssimDecoder(port);
        List<String> signals = new ArrayList<>();
        try {
            for (int at = 0; at < stream.length; at += pieceLength) {
                ByteBuffer in = ByteBuffer.wrap(stream, at, Math.min(pieceLength, stream.length - at));
                while (in.hasRemaining()) {
                    Optional<MssimSignal> signal = decoder.read(in);
                    signal.ifPresent(complete -> signals.add(complete + " " + decoder.locality() + " "
                            + HexFormat.of().formatHex(decoder.payload(), 0, decoder.payloadLength())));
                }
                assertThat(decoder.payloadLength()).isLessThanOrEqualTo(stream.length);
            }
        } catch (MssimProtocolException e) {
            signals.add(e.unknownSignal() ? "unknown" : "too long");
        }
        return signals;
    }
}
