package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.CheckedFirmwareDocument;
import dev.vtpmd.daemon.firmware.Architecture;
import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.daemon.firmware.FirmwareException;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code vtpmd check-firmware}. */
@Command(
        name = "check-firmware",
        description = "Says whether a file is UEFI firmware with TPM 2.0 support. Needs no running service.")
final class CheckFirmwareCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Parameters(paramLabel = "FILE", description = "the firmware image, raw")
    private Path file;

    @Option(
            names = "--certificate",
            paramLabel = "CERTIFICATE",
            description = "also check the signature in FILE.sig, which 'openssl dgst -sha256 -sign KEY' has made,"
                    + " with this X.509 certificate")
    private Path certificate;

    @Override
    public Integer call() throws FirmwareException {
        FirmwareRules rules =
                certificate == null ? FirmwareRules.withoutSignature() : FirmwareRules.signedWith(certificate);
        CheckedFirmware good = rules.check(file);
        String architecture = good.architecture().map(Architecture::title).orElse(null);
        if (output.json()) {
            output.document(new CheckedFirmwareDocument(
                    good.file().toString(), good.sha256(), architecture, rules.signatureRequired()));
        } else {
            output.writer()
                    .printf(
                            "%s: UEFI firmware with TPM 2.0 support%s%s, SHA-256 %s%n",
                            file,
                            architecture == null ? "" : " for " + architecture,
                            rules.signatureRequired() ? ", signed" : "",
                            good.sha256());
            output.writer().flush();
        }
        return 0;
    }
}
