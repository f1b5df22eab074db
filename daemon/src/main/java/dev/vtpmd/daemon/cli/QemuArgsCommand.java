package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.ArgumentsDocument;
import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.daemon.firmware.FirmwareException;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import dev.vtpmd.daemon.firmware.QemuFlash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code vtpmd qemu-args}. */
@Command(
        name = "qemu-args",
        description = "Prints the arguments that attach an instance to QEMU, as in:"
                + " qemu-system-x86_64 ... $$(vtpmd qemu-args NAME)")
final class QemuArgsCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Option(
            names = "--firmware",
            paramLabel = "FILE",
            description = "also the arguments for this firmware, if it is UEFI with TPM 2.0 support. The firmware of an"
                    + " instance that is bound to one ('vtpmd set --firmware') is there without this option")
    private Path firmware;

    @Option(
            names = "--variables",
            paramLabel = "FILE",
            description =
                    "also the arguments for the machine's own file of UEFI variables, a copy of OVMF_VARS for example")
    private Path variables;

    @Override
    public Integer call() throws AdminException, FirmwareException, IOException {
        ArgumentsDocument known = service.client().qemuArguments(name.toString());
        List<String> arguments = new ArrayList<>(known.arguments());
        String file = known.firmware();
        if (firmware != null) {
            file = firmware.toAbsolutePath().toString();
            if (known.firmware() == null) {
                addFirmware(arguments);
            } else if (!known.firmware().equals(file)) {
                throw new AdminException(name + ": is bound to the firmware " + known.firmware()
                        + "; 'vtpmd set --firmware' changes that");
            }
        }
        if (variables != null) {
            arguments.addAll(QemuFlash.variables(variables.toAbsolutePath()));
        }
        if (output.json()) {
            output.document(new ArgumentsDocument(arguments, file));
        } else {
            output.writer().println(String.join(" ", arguments));
            output.writer().flush();
        }
        return 0;
    }

    private void addFirmware(List<String> arguments) throws FirmwareException {
        CheckedFirmware good = FirmwareRules.withoutSignature().check(firmware);
        String generic = QemuFlash.tpmDevice(Optional.empty());
        arguments.replaceAll(word -> word.equals(generic) ? QemuFlash.tpmDevice(good.architecture()) : word);
        arguments.addAll(QemuFlash.firmware(good.file()));
    }
}
