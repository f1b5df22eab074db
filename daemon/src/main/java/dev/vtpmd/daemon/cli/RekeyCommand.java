package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.HostKeyDocument;
import dev.vtpmd.daemon.admin.HostKeyProgressDocument;
import dev.vtpmd.daemon.process.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** {@code vtpmd rekey}. The key is read here, with the rights, descriptors and credentials of whoever calls. */
@Command(
        name = "rekey",
        description =
                "Seals the states of all instances with another host key, while they run. The service needs the new key"
                        + " from its next start on.")
final class RekeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Option(
            names = "--key-source",
            paramLabel = "SOURCE",
            required = true,
            description = "where the new host key comes from: " + KeySource.FORMS)
    private String keySource;

    private String progress() throws AdminException {
        HostKeyProgressDocument progress = service.quietClient().hostKeyProgress();
        return progress.total() == 0 ? "" : progress.done() + " of " + progress.total() + " instances";
    }

    @Override
    public Integer call() throws AdminException, IOException {
        KeySource source;
        try {
            source = KeySource.parse(keySource, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        byte[] secret = source.secret().read();
        try (Progress progress = Progress.to(service::tell, this::progress)) {
            service.quietClient()
                    .changeHostKey(
                            source.passphrase()
                                    ? new HostKeyDocument(null, secret)
                                    : new HostKeyDocument(secret, null));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        output.done(new DoneDocument("rekey", null, null));
        return 0;
    }
}
