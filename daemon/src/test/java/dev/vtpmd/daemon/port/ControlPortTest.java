package dev.vtpmd.daemon.port;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The control channel on a unix socket; expected bytes are those of swtpm and its tpm_ioctl.h. */
@Timeout(30)
class ControlPortTest {
    private static final String SUCCESS = "00000000";
    private static final String BAD_ORDINAL = "0000000a";

    @TempDir
    private Path directory;

    private TestInstance instance;
    private TestClient client;

    @BeforeEach
    void open() throws Exception {
        Path socket = directory.resolve("control");
        instance = new TestInstance(
                new PortConfiguration(List.of(Endpoint.Unix.at(socket)), List.of(), Optional.empty(), false));
        client = TestClient.unix(socket);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        instance.close();
    }

    @Test
    void answersWhatQemuAsksBeforeTheGuestRuns() throws Exception {
        assertThat(client.ask("00000001")).isEqualTo("00000000 0001ffff".replace(" ", ""));
        assertThat(client.ask("0000000e")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000011 00000000"))
                .startsWith(SUCCESS + "00001000")
                .hasSize(32);
        assertThat(client.ask("00000011 00000f80"))
                .startsWith(SUCCESS + "00000f80")
                .hasSize(32);
        assertThat(client.ask("00000002 00000000")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000005 00000000")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000004")).isEqualTo(SUCCESS + "00000000");
    }

    @Test
    void refusesWhatNeedsARunningTpmWithQemusLengths() throws Exception {
        assertThat(client.ask("00000004")).isEqualTo(BAD_ORDINAL + "00000000");
        assertThat(client.ask("0000000c 00000001 00000001 00000000"))
                .isEqualTo(BAD_ORDINAL + "000000000000000000000000");
        assertThat(client.ask("00000006")).isEqualTo(BAD_ORDINAL);
        assertThat(client.ask("00000007 00000002 aabb")).isEqualTo(BAD_ORDINAL);
        assertThat(client.ask("00000009")).isEqualTo(BAD_ORDINAL);
        assertThat(client.ask("0000000a")).isEqualTo(BAD_ORDINAL);
        assertThat(client.ask("0000000b 03")).isEqualTo(BAD_ORDINAL);
    }

    @Test
    void refusesWhatNeedsAStoppedTpm() throws Exception {
        assertThat(client.ask("00000002 00000000")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000011 00000f80")).isEqualTo(BAD_ORDINAL);
        assertThat(client.ask("0000000d 00000000 00000001 00000000")).isEqualTo(BAD_ORDINAL);
        assertThat(client.ask("0000000e")).isEqualTo(SUCCESS);
        assertThat(client.ask("0000000d 00000000 00000001 00000000")).isEqualTo(SUCCESS);
    }

    @Test
    void measuresALaunchAndSetsTheEstablishedFlag() throws Exception {
        client.ask("00000002 00000000");
        assertThat(client.ask("00000006")).isEqualTo(SUCCESS);
        client.send("00000007 00001001 " + "61".repeat(4096));
        assertThat(client.ask("62")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000008")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000004")).isEqualTo(SUCCESS + "01000000");
        assertThat(client.ask("0000000b 02000000")).isEqualTo("0000003d");
        assertThat(client.ask("0000000b 03000000")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000004")).isEqualTo(SUCCESS + "00000000");
    }

    @Test
    void refusesLocalitiesAboveFour() throws Exception {
        assertThat(client.ask("00000005 04")).isEqualTo(SUCCESS);
        assertThat(client.ask("00000005 05")).isEqualTo("0000003d");
    }

    @Test
    void describesTheTpm() throws Exception {
        assertThat(text(client.ask("00000012 0000000000000004 00000000 00000000")))
                .startsWith("{\"TPMFeatures\":{\"RSAKeySizes\":[1024,2048,3072,4096]")
                .endsWith("}}\0");
        assertThat(text(client.ask("00000012 0000000000010000 00000000 00000000")))
                .isEqualTo("{}\0");
        assertThat(client.ask("00000012 0000000000000001 00010000 00000000")).isEqualTo("00000003");
    }

    private static String text(String reply) {
        byte[] bytes = java.util.HexFormat.of().parseHex(reply);
        return new String(bytes, 12, bytes.length - 12, java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void answersWrongLengthsAndUnknownCodes() throws Exception {
        assertThat(client.ask("0000000e 00")).isEqualTo("00000003");
        assertThat(client.ask("00000014")).isEqualTo(BAD_ORDINAL);
        assertThat(client.ask("00000010")).isEqualTo("00000003");
    }

    @Test
    void closesOnAMessageThatDoesNotArrive() throws Exception {
        assertThat(client.ask("000000")).isEmpty();
        assertThat(instance.events.poll(5, TimeUnit.SECONDS)).isEqualTo("control closed");
    }

    @Test
    void refusesAStateBlobAboveTheLimitAndCloses() throws Exception {
        assertThat(client.ask("0000000d 00000000 00000001 7fffffff")).isEqualTo("00000009");
        assertThat(client.read()).isEmpty();
    }

    @Test
    void givesAndTakesStateBlobs() throws Exception {
        client.ask("00000002 00000000");
        String permanent = client.ask("0000000c 00000001 00000001 00000000");
        assertThat(permanent).startsWith(SUCCESS + "00000000");
        assertThat(client.ask("0000000c 00000001 00000003 00000000"))
                .isEqualTo("00000800" + "000000000000000000000000");
        assertThat(instance.storage.locked()).isFalse();
        assertThat(client.ask("00000013 0000012c")).isEqualTo(SUCCESS);
        assertThat(instance.storage.locked()).isTrue();
        assertThat(client.ask("0000000c 00000001 00000004 00000000"))
                .isEqualTo("00000009" + "000000000000000000000000");
    }

    @Test
    void waitsForTheStorageLockAsOftenAsAsked() throws Exception {
        instance.storage.lockedByAnother(true);
        assertThat(client.ask("00000013 00000002")).isEqualTo("00000009");
        client.send("00000013 ffffffff");
        instance.storage.lockedByAnother(false);
        assertThat(client.read()).isEqualTo(SUCCESS);
    }

    @Test
    void refusesABlobWithABrokenHeader() throws Exception {
        assertThat(client.ask("0000000d 00000000 00000001 0000000c 0203000a 00000000000c ffff"))
                .isEqualTo("0000002e");
        assertThat(client.ask("0000000d 00000000 00000009 00000004 01020304")).isEqualTo("00000003");
        assertThat(client.ask("0000000d 00000000 00000001 00000004 01020304")).isEqualTo("00000003");
    }

    @Test
    void stopsTheTpmBeforeItAnswersShutdown() throws Exception {
        client.ask("00000002 00000000");
        assertThat(client.ask("00000003")).isEqualTo(SUCCESS);
        assertThat(instance.device.running()).isFalse();
        assertThat(instance.events.poll(5, TimeUnit.SECONDS)).isEqualTo("shutdown");
    }

    @Test
    void servesManyClientsAtATime() throws Exception {
        try (TestClient other = TestClient.unix(directory.resolve("control"))) {
            assertThat(other.ask("00000002 00000000")).isEqualTo(SUCCESS);
            assertThat(client.ask("00000004")).isEqualTo(SUCCESS + "00000000");
        }
    }
}
