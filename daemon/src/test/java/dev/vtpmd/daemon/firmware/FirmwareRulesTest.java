package dev.vtpmd.daemon.firmware;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

import static dev.vtpmd.daemon.firmware.TestFirmware.FILE_SYSTEM_2;
import static dev.vtpmd.daemon.firmware.TestFirmware.FINAL_EVENTS;
import static dev.vtpmd.daemon.firmware.TestFirmware.TCG2_PROTOCOL;
import static dev.vtpmd.daemon.firmware.TestFirmware.driver;
import static dev.vtpmd.daemon.firmware.TestFirmware.dxeCore;
import static dev.vtpmd.daemon.firmware.TestFirmware.file;
import static dev.vtpmd.daemon.firmware.TestFirmware.guided;
import static dev.vtpmd.daemon.firmware.TestFirmware.joined;
import static dev.vtpmd.daemon.firmware.TestFirmware.lzma;
import static dev.vtpmd.daemon.firmware.TestFirmware.section;
import static dev.vtpmd.daemon.firmware.TestFirmware.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class FirmwareRulesTest {
    private static final String CRC32 = "fc1bcdb0-7d31-49aa-936a-a4600d9dd083";
    private static final String BROTLI = "3d532050-5cda-4fd0-879e-0f7f630d5afb";

    @TempDir
    private Path directory;

    private Path image(byte[] content) throws IOException {
        return Files.write(directory.resolve("image.fd"), content);
    }

    private CheckedFirmware check(byte[] content) throws IOException, FirmwareException {
        return FirmwareRules.withoutSignature().check(image(content));
    }

    private String refusal(byte[] content) throws IOException {
        return refusal(image(content));
    }

    private String refusal(Path file) {
        String reason = catchThrowableOfType(
                        FirmwareException.class,
                        () -> FirmwareRules.withoutSignature().check(file))
                .getMessage();
        assertThat(reason).startsWith(file.toString()).doesNotContain("\n");
        return reason;
    }

    @Test
    void uefiFirmwareWithTheDriverOfTcg2ProtocolIsGood() throws Exception {
        byte[] image = TestFirmware.withTpm();

        CheckedFirmware good = check(image);

        assertThat(good.architecture()).contains(Architecture.X86_64);
        assertThat(good.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(image)));
    }

    @Test
    void volumesNeedNotBeCompressedNorBeginTheImage() throws Exception {
        byte[] volume = volume(FILE_SYSTEM_2, dxeCore(0xAA64), driver(TCG2_PROTOCOL, FINAL_EVENTS));

        assertThat(check(joined(new byte[4096], volume, new byte[77])).architecture())
                .contains(Architecture.AARCH64);
    }

    @Test
    void sectionsBehindAChecksumAreReadAsTheyAre() throws Exception {
        byte[] inner = volume(FILE_SYSTEM_2, dxeCore(0x8664), driver(TCG2_PROTOCOL, FINAL_EVENTS));

        assertThat(check(volume(FILE_SYSTEM_2, file(0x0B, 0, guided(CRC32, 2, section(0x17, inner))))))
                .isNotNull();
    }

    @Test
    void whoeverOnlyUsesTheProtocolDoesNotProvideIt() throws IOException {
        assertThat(refusal(TestFirmware.withoutTpm())).contains("UEFI firmware without TPM 2.0 support");
        assertThat(refusal(TestFirmware.compressed(joined(driver(TCG2_PROTOCOL), new byte[] {-1, -1}))))
                .contains("without TPM 2.0 support");
    }

    @Test
    void theTwoGuidsOfTheProviderAreInOneDriver() throws IOException {
        byte[] first = driver(TCG2_PROTOCOL);
        byte[] filled = joined(first, TestFirmware.erased(-first.length & 7));

        assertThat(refusal(TestFirmware.compressed(joined(filled, driver(FINAL_EVENTS)))))
                .contains("without TPM 2.0 support");
    }

    @Test
    void aTextFileIsNotUefi() throws IOException {
        String text = "This is no firmware.\n".repeat(40);

        assertThat(refusal(text.getBytes(StandardCharsets.US_ASCII))).contains("is not UEFI firmware");
        assertThat(refusal(new byte[0])).contains("is not UEFI firmware");
    }

    @Test
    void aFileOfVariablesIsNotTheFirmware() throws IOException {
        assertThat(refusal(volume(TestFirmware.VARIABLES, new byte[4096]))).contains("has UEFI variables alone");
    }

    @Test
    void volumesWithoutDxeCoreAreNotUefi() throws IOException {
        assertThat(refusal(volume(FILE_SYSTEM_2, driver(TCG2_PROTOCOL, FINAL_EVENTS))))
                .contains("no DXE core");
    }

    @Test
    void anEncodingThatIsNotKnownIsNamed() throws IOException {
        byte[] hidden = section(0x17, volume(FILE_SYSTEM_2, dxeCore(0x8664)));

        assertThat(refusal(volume(FILE_SYSTEM_2, file(0x0B, 0, guided(BROTLI, 1, hidden)))))
                .contains("cannot be looked into")
                .contains(BROTLI);
    }

    @Test
    void anImageThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = TestFirmware.withTpm();
        for (int length = 72; length < whole.length; length += 13) {
            assertThat(refusal(Arrays.copyOf(whole, length))).contains("is cut off");
        }
    }

    @Test
    void aDamagedImageIsRefused() throws IOException {
        byte[] image = TestFirmware.withTpm();
        // Header of the volume, header of the file, head and content of the compressed section, but neither its
        // dictionary size,
        // which is larger than needed, nor the erased end.
        for (int offset : new int[] {8, 20, 50, 72 + 18, 72 + 20, 72 + 28 + 20, 72 + 28 + 30, 72 + 28 + 60}) {
            byte[] damaged = image.clone();
            damaged[offset] ^= 0x10;
            assertThat(refusal(damaged)).as("offset %d", offset).contains("is damaged");
        }
    }

    @Test
    void aChecksumOfAFileIsChecked() throws IOException {
        byte[] driver = driver(TCG2_PROTOCOL, FINAL_EVENTS);
        driver[30] ^= 1;

        assertThat(refusal(TestFirmware.compressed(driver)))
                .contains("is damaged")
                .contains("checksum");
    }

    @Test
    void aSectionThatClaimsToBecomeHugeIsRefused() throws IOException {
        byte[] section = lzma(new byte[100]);
        section[5 + 5] = 1; // 1 TiB more than there are

        assertThat(refusal(volume(FILE_SYSTEM_2, file(0x0B, 0, guided(TestFirmware.LZMA, 1, section)))))
                .contains("too large");
    }

    @Test
    void volumesInVolumesEndSomewhere() throws IOException {
        byte[] nested = volume(FILE_SYSTEM_2, dxeCore(0x8664));
        for (int depth = 0; depth < 20; depth++) {
            nested = volume(FILE_SYSTEM_2, file(0x0B, 0, section(0x17, nested)));
        }

        assertThat(refusal(nested)).contains("deep");
    }

    @Test
    void qcow2IsNamed() throws IOException {
        assertThat(refusal(new byte[] {'Q', 'F', 'I', (byte) 0xFB, 0, 0, 0, 3})).contains("qemu-img convert -O raw");
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        Path huge = directory.resolve("huge.fd");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }

        assertThat(refusal(huge)).contains("64 MiB");
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertThat(refusal(directory.resolve("missing"))).contains("there is no such file");
        assertThat(refusal(directory)).contains("is not a file");
        assertThat(refusal(Path.of("/dev/zero"))).contains("is not a file");
    }
}
