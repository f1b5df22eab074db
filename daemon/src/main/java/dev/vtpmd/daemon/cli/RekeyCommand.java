package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.HostKeyDocument;
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

    @Option(
            names = "--key-source",
            paramLabel = "SOURCE",
            required = true,
            description = "where the new host key comes from: " + KeySource.FORMS)
    private String keySource;

    @Override
    public Integer call() throws AdminException, IOException {
        KeySource source;
        try {
            source = KeySource.parse(keySource, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        byte[] secret = source.secret().read();
        try {
            service.client()
                    .changeHostKey(
                            source.passphrase()
                                    ? new HostKeyDocument(null, secret)
                                    : new HostKeyDocument(secret, null));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        return 0;
    }
}
