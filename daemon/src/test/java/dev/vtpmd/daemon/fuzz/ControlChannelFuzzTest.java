package dev.vtpmd.daemon.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vtpmd.daemon.device.ControlCommands;
import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.device.DeviceOptions;
import dev.vtpmd.daemon.device.MemoryStorage;
import dev.vtpmd.daemon.device.StateHandover;
import dev.vtpmd.daemon.device.SwtpmStateBlobs;
import dev.vtpmd.protocol.swtpm.ControlReply;
import dev.vtpmd.protocol.swtpm.ControlRequest;
import dev.vtpmd.protocol.swtpm.ControlRequestDecoder;
import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Any messages on the swtpm control channel, with TPM commands in between: each complete message gets a reply of the announced
 * size, states that are given are taken or refused, and the TPM still answers. An input is pieces of a UINT16 length and that
 * many bytes; a piece that begins with 0x80 is a TPM command.
 */
class ControlChannelFuzzTest {
    private static final String INIT = "0000000200000000";
    private static final String STOP = "0000000e";
    private static final String STARTUP_CLEAR = "80010000000c000001440000";
    private static final String READ_CLOCK = "80010000000a00000181";
    private static final int TPM_COMMAND = 0x80;
    private static final int FAILURE = 0x101;
    private static final int TPM_HEADER = 10;

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Random random = new Random(1);

    @MethodSource("conversations")
    @FuzzTest(maxDuration = "24h")
    void answersWhateverComes(byte[] input) {
        assertTimeoutPreemptively(LONGEST, () -> talk(input));
    }

    private void talk(byte[] input) {
        Device device = new Device(
                DeviceOptions.named("fuzz"),
                new MemoryStorage(),
                new SwtpmStateBlobs(Optional.empty(), Optional.empty()),
                StateHandover.unrestricted(),
                random::nextBytes,
                () -> 1_000_000,
                Runnable::run);
        ControlCommands commands = new ControlCommands(device);
        ControlRequestDecoder decoder = new ControlRequestDecoder();
        ByteBuffer in = ByteBuffer.wrap(input);
        while (in.remaining() >= Short.BYTES) {
            int length = Math.min(in.getShort() & 0xFFFF, in.remaining());
            byte[] piece = new byte[Math.min(length, ControlRequestDecoder.RECEIVE_SIZE)];
            in.get(piece);
            if (piece.length > 0 && (piece[0] & 0xFF) == TPM_COMMAND && !decoder.insideBody()) {
                execute(device, piece);
            } else {
                decoder.decode(ByteBuffer.wrap(piece)).ifPresent(request -> answer(commands, request));
            }
        }
        device.close().join();
    }

    static Stream<byte[]> conversations() {
        return Stream.of(
                conversation("00000010", "00000001", STOP, "0000001100000f80", INIT, "00000004", "0000000500000000"),
                conversation(INIT, STARTUP_CLEAR, "00000006", "0000000700000003616263", "00000008", READ_CLOCK),
                conversation(INIT, STARTUP_CLEAR, "0000000a", STOP, "0000000200000001", READ_CLOCK),
                conversation(INIT, "0000000c000000000000000100000000", "0000000c000000000000000200000000"),
                conversation(INIT, "0000000c000000000000000300000000", "0000001300000000", READ_CLOCK),
                conversation(
                        "0000000d000000000000000100000004deadbeef", INIT, "0000000d00000000000000010000000000", INIT),
                conversation("00000009", "0000000b00", "0000000f", "00000012000000000000000100000000", "00000003"),
                conversation("000000", "02000000", "00", "0000ffff", "0000000d0000000000000001ffffffff"));
    }

    private static byte[] conversation(String... pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String piece : pieces) {
            byte[] content = HexFormat.of().parseHex(piece);
            bytes.write(content.length >> Byte.SIZE);
            bytes.write(content.length);
            bytes.writeBytes(content);
        }
        return bytes.toByteArray();
    }

    private static void answer(ControlCommands commands, ControlRequest request) {
        assertThat(commands.turn(request)).isNotNull();
        Optional<ControlReply> reply = commands.answer(request);
        boolean unfinished = request instanceof ControlRequest.HashData data && !data.last();
        assertThat(reply.isEmpty()).isEqualTo(unfinished);
        reply.ifPresent(message -> assertThat(message.toByteArray()).hasSize(message.size()));
    }

    private static void execute(Device device, byte[] command) {
        TpmWriter response = device.execute(device.locality(), Arrays.copyOf(command, command.length), command.length);
        ByteBuffer bytes = ByteBuffer.wrap(response.toByteArray());
        assertThat(bytes.remaining()).isGreaterThanOrEqualTo(TPM_HEADER);
        assertThat(bytes.getInt(2)).isEqualTo(bytes.remaining());
        if (device.running()) {
            assertThat(bytes.getInt(6)).isNotEqualTo(FAILURE);
        }
    }
}
