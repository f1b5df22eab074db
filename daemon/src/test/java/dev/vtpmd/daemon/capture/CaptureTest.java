package dev.vtpmd.daemon.capture;

import dev.vtpmd.protocol.wire.TpmWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class CaptureTest {
    private static final byte[] STARTUP = HexFormat.of().parseHex("80010000000c000001440000");
    private static final byte[] SUCCESS = HexFormat.of().parseHex("80010000000a00000000");

    @TempDir
    private Path directory;

    private final List<String> ends = new CopyOnWriteArrayList<>();

    private static TpmWriter response() {
        TpmWriter response = new TpmWriter(10);
        response.u16(0x8001);
        response.u32(10);
        response.u32(0);
        return response;
    }

    @Test
    void aFileHasTheHeadersThatPcapAndIpv4AndTcpDescribe() {
        PcapFormat format = new PcapFormat();
        ByteBuffer command = format.command(Instant.ofEpochSecond(1, 2), STARTUP);
        ByteBuffer response = format.response(Instant.ofEpochSecond(1, 3), SUCCESS);

        assertThat(HexFormat.of().formatHex(PcapFormat.header().array()))
                .isEqualTo("4d3cb2a1" + "0200" + "0400" + "00000000" + "00000000" + "ffff0000" + "65000000");
        // The checksum is RFC 1071's of 4500 0034 0000 4000 4006 7f00 0001 7f00 0002.
        assertThat(HexFormat.of().formatHex(command.array()))
                .isEqualTo("01000000" + "02000000" + "34000000" + "34000000"
                        + "45000034" + "00004000" + "40063cc1" + "7f000001" + "7f000002"
                        + "c350" + "0911" + "00000001" + "00000001" + "5018ffff" + "00000000"
                        + "80010000000c000001440000");
        assertThat(HexFormat.of().formatHex(response.array()))
                .contains("0911" + "c350" + "00000001" + "0000000d" + "5018ffff")
                .endsWith("80010000000a00000000");
    }

    @Test
    void aCaptureIsSwitchedOnAndOff() throws IOException {
        Path file = directory.resolve("tpm.pcap");
        CaptureSwitch device = new CaptureSwitch();
        device.executed(0, STARTUP, 12, response(), 5);
        Capture capture = Capture.begin(file, 1 << 20, ends::add);
        device.change(Optional.of(capture));
        device.executed(0, STARTUP, 12, response(), 5);
        device.executed(0, STARTUP, 12, response(), 5);
        device.change(Optional.empty()).orElseThrow().close();
        device.executed(0, STARTUP, 12, response(), 5);

        assertThat(capture.exchanges()).isEqualTo(2);
        assertThat(Files.size(file)).isEqualTo(24 + 2 * (56 + 12 + 56 + 10)).isEqualTo(capture.bytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void timesAreThoseOfTheCommandAndOfItsResponse() throws IOException {
        Path file = directory.resolve("tpm.pcap");
        try (Capture capture = Capture.begin(file, 1 << 20, ends::add)) {
            capture.take(STARTUP, 12, SUCCESS, 10, 1_500_000_000L);
        }

        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        Instant begun = Instant.ofEpochSecond(content.getInt(24), content.getInt(28));
        Instant ended = Instant.ofEpochSecond(content.getInt(24 + 68), content.getInt(24 + 72));
        assertThat(ended).isEqualTo(begun.plusNanos(1_500_000_000L));
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws IOException {
        Path file = Files.writeString(directory.resolve("tpm.pcap"), "mine");

        assertThatThrownBy(() -> Capture.begin(file, 1 << 20, ends::add))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void aCaptureEndsAtItsSizeWithAWholeCommand() throws IOException {
        Path file = directory.resolve("tpm.pcap");
        Capture capture = Capture.begin(file, 24 + 134 + 133, ends::add);
        for (int i = 0; i < 3; i++) {
            capture.take(STARTUP, 12, SUCCESS, 10, 5);
        }
        capture.close();

        assertThat(capture.ended()).isTrue();
        assertThat(ends).containsExactly("the capture in " + file + " ends with 1 commands, 0 left out, at its size");
        assertThat(Files.size(file)).isEqualTo(24 + 134);
    }

    @Test
    void aFullDiskEndsTheCaptureAndNothingElse() throws Exception {
        // Every write to it fails with ENOSPC.
        Path full = Files.createSymbolicLink(directory.resolve("full"), Path.of("/dev/full"));

        assertThatThrownBy(() -> Capture.begin(full, 1 << 20, ends::add)).isInstanceOf(IOException.class);
    }
}
