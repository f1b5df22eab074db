package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.firmware.Architecture;
import dev.vtpmd.daemon.firmware.CheckedFirmware;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class QemuArgumentsTest {
    @Test
    void commasInTheSocketsPathAreDoubledForQemu() {
        assertThat(QemuArguments.of("/run/a,b/c.sock", Optional.empty()))
                .contains("socket,id=chrtpm,path=/run/a,,b/c.sock");
    }

    @Test
    void firmwareIsAFlashForReadingAndArmsTpmIsOnItsBus() {
        CheckedFirmware firmware =
                new CheckedFirmware(Path.of("/usr/share/AAVMF/AAVMF_CODE.fd"), "00", Optional.of(Architecture.AARCH64));

        assertThat(QemuArguments.of("/s", Optional.of(firmware)))
                .contains("tpm-tis-device,tpmdev=tpm0")
                .endsWith("-drive", "if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/AAVMF/AAVMF_CODE.fd");
    }
}
