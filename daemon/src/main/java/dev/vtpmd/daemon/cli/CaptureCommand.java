package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminClient;
import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.CaptureDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code vtpmd capture}. */
@Command(
        name = "capture",
        description =
                "Records what an instance's TPM and its clients say to each other in a pcap file for Wireshark, from now"
                        + " on until --stop. The file has authorization values and unsealed data in clear. Without FILE, says how far"
                        + " it is.")
final class CaptureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "the file, which the service makes: where it may write, and where nothing is yet")
    private Path file;

    @Option(names = "--stop", description = "end the capture; its file stays")
    private boolean stop;

    @Option(
            names = "--limit",
            paramLabel = "MIB",
            description = "end the capture before the file has more mebibytes (default: 64)")
    private Integer limit;

    @Override
    public Integer call() throws AdminException {
        if (stop && file != null) {
            throw new ParameterException(command.commandLine(), "--stop wants no FILE");
        }
        if (limit != null && (limit < 1 || file == null)) {
            throw new ParameterException(command.commandLine(), "--limit wants a FILE, and at least 1");
        }
        AdminClient client = service.client();
        CaptureDocument capture;
        if (stop) {
            capture = client.endCapture(name.toString());
        } else if (file == null) {
            capture = client.capture(name.toString());
        } else {
            Long mostBytes = limit == null ? null : (long) limit << 20;
            capture = client.beginCapture(
                    name.toString(), new CaptureDocument(file.toAbsolutePath().toString(), mostBytes));
        }
        if (output.json()) {
            output.document(capture);
        } else {
            output.writer()
                    .printf(
                            "%s: %d commands, %d bytes, %d left out%s%n",
                            capture.file(),
                            capture.commands(),
                            capture.bytes(),
                            capture.leftOut(),
                            capture.ended() ? ", ended" : "");
            output.writer().flush();
        }
        return 0;
    }
}
