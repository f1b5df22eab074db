package dev.vtpmd.daemon.admin.server;

import java.util.List;

/** The arguments that attach a vTPM to QEMU's {@code -machine q35} and the like. */
final class QemuArguments {
    private QemuArguments() {}

    /** Arguments for the vTPM whose control channel is at {@code controlSocket}. */
    static List<String> forSocket(String controlSocket) {
        // A comma would begin QEMU's next option; a doubled one stands for itself.
        String path = controlSocket.replace(",", ",,");
        return List.of(
                "-chardev",
                "socket,id=chrtpm,path=" + path,
                "-tpmdev",
                "emulator,id=tpm0,chardev=chrtpm",
                "-device",
                "tpm-crb,tpmdev=tpm0");
    }
}
