package dev.vtpmd.daemon.cli;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The firmware that a machine starts with. */
final class FirmwareOptions {
    @Option(
            names = "--firmware",
            paramLabel = "FILE",
            description = "the UEFI firmware that the machine starts with, for example /usr/share/OVMF/OVMF_CODE_4M.fd;"
                    + " the TPM is not switched on when it is no longer good")
    private Path file;

    /** Its absolute path; null if nothing was said. */
    String path() {
        return file == null ? null : file.toAbsolutePath().toString();
    }
}
