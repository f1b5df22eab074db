package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.daemon.firmware.QemuFlash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments that attach a vTPM to QEMU's {@code -machine q35} and the like. */
final class QemuArguments {
    private QemuArguments() {}

    /** Arguments for the vTPM whose control channel is at {@code controlSocket}, and for the firmware that is bound to it. */
    static List<String> of(String controlSocket, Optional<CheckedFirmware> firmware) {
        List<String> arguments = new ArrayList<>(List.of(
                "-chardev",
                "socket,id=chrtpm,path=" + QemuFlash.escaped(controlSocket),
                "-tpmdev",
                "emulator,id=tpm0,chardev=chrtpm",
                "-device",
                QemuFlash.tpmDevice(firmware.flatMap(CheckedFirmware::architecture))));
        firmware.ifPresent(image -> arguments.addAll(QemuFlash.firmware(image.file())));
        return arguments;
    }
}
