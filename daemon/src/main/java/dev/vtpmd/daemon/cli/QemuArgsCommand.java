package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.ArgumentsDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Override
    public Integer call() throws AdminException {
        ArgumentsDocument arguments = service.client().qemuArguments(name.toString());
        if (output.json()) {
            output.document(arguments);
        } else {
            output.writer().println(String.join(" ", arguments.arguments()));
            output.writer().flush();
        }
        return 0;
    }
}
