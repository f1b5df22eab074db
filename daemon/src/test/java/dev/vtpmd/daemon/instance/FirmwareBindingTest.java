package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.device.TpmModel;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import dev.vtpmd.daemon.firmware.TestFirmware;
import dev.vtpmd.store.disk.DiskStateStore;
import dev.vtpmd.store.key.HostKeySource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class FirmwareBindingTest {
    @TempDir
    private Path directory;

    private Path firmware;
    private DiskStateStore store;
    private InstanceHost host;
    private Instances instances;

    @BeforeEach
    void start() throws Exception {
        firmware = Files.write(directory.resolve("code.fd"), TestFirmware.withTpm());
        start(FirmwareRules.withoutSignature());
    }

    private void start(FirmwareRules rules) throws IOException {
        Path run = Files.createDirectories(directory.resolve("run"));
        store = DiskStateStore.open(directory.resolve("state"), new HostKeySource.KeptBesideState());
        host = InstanceHost.start(run, Optional.empty(), rules, Clients.NONE, AuditLog.withoutFile());
        instances = new Instances(store, host);
        instances.start();
    }

    @AfterEach
    void stop() {
        instances.close();
        host.close();
        store.close();
    }

    /** An instance that is switched on when the service starts. */
    private static InstanceConfiguration switchedOn(Optional<BoundFirmware> firmware) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InstanceConfiguration(
                    UUID.randomUUID(),
                    "guest",
                    OptionalInt.empty(),
                    OptionalInt.of(Math.min(free.getLocalPort(), 65_000)),
                    Permissions.NONE,
                    firmware,
                    Clients.NONE,
                    Optional.empty());
        }
    }

    /** Whether the TPM answers TPM2_GetRandom: one without power says TPM_RC_FAILURE (Part 2, 6.6.3). */
    private boolean answersAfterRestart(FirmwareRules rules) throws Exception {
        stop();
        start(rules);
        int port = instances.find("guest").configuration().orElseThrow().tcp().getAsInt();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write(HexFormat.of().parseHex("80010000000c0000017b0008"));
            byte[] header = client.getInputStream().readNBytes(10);
            int code = ByteBuffer.wrap(header).getInt(6);
            assertThat(code).isIn(0, 0x101);
            return code == 0;
        }
    }

    @Test
    void aTpmStartsAfterAnUpdateOfItsFirmwareAndRemembersTheNewDigest() throws Exception {
        BoundFirmware first = instances.checkedFirmware(firmware.toString());
        instances.create(switchedOn(Optional.of(first)), NewTpm.unprovisioned(TpmModel.DEFAULT));
        byte[] longer = Arrays.copyOf(TestFirmware.withTpm(), Files.readAllBytes(firmware).length + 100);
        Files.write(firmware, longer);

        assertThat(answersAfterRestart(FirmwareRules.withoutSignature())).isTrue();
        assertThat(instances.find("guest").configuration().orElseThrow().firmware())
                .contains(instances.checkedFirmware(firmware.toString()))
                .isNotEqualTo(Optional.of(first));
    }

    @Test
    void aTpmDoesNotStartWithFirmwareThatIsNoLongerGood() throws Exception {
        instances.create(
                switchedOn(Optional.of(instances.checkedFirmware(firmware.toString()))),
                NewTpm.unprovisioned(TpmModel.DEFAULT));
        Files.write(firmware, TestFirmware.withoutTpm());

        assertThat(answersAfterRestart(FirmwareRules.withoutSignature())).isFalse();
        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.firmwareToStart("guest")))
                .hasMessageContaining("without TPM 2.0 support");
    }

    @Test
    void aTpmDoesNotStartWithoutFirmwareWhereItMustBeSigned() throws Exception {
        instances.create(switchedOn(Optional.empty()), NewTpm.unprovisioned(TpmModel.DEFAULT));

        assertThat(answersAfterRestart(FirmwareRules.signedWith(certificate()))).isFalse();
        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.firmwareToStart("guest")))
                .hasMessageContaining("vtpmd set guest --firmware FILE");
    }

    @Test
    void unsignedFirmwareIsRefusedWhereItMustBeSigned() throws Exception {
        stop();
        start(FirmwareRules.signedWith(certificate()));

        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.checkedFirmware(firmware.toString())))
                .hasMessageContaining("is not signed");
    }

    @Test
    void aRelativePathIsRefused() {
        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.checkedFirmware("code.fd")))
                .hasMessageContaining("absolute");
        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.checkedFirmware("/a\nb")))
                .hasMessageContaining("control characters");
        assertThat(catchThrowableOfType(InstanceException.class, () -> instances.checkedFirmware("/a\0b")))
                .hasMessageContaining("no path");
    }

    private Path certificate() throws IOException {
        Path file = directory.resolve("signer.pem");
        try (InputStream in = TestFirmware.class.getResourceAsStream("signer.pem")) {
            Files.copy(in, file);
        }
        return file;
    }
}
