package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.ImportDocument;
import dev.vtpmd.daemon.swtpm.KeyOption;
import dev.vtpmd.daemon.swtpm.UsageException;
import dev.vtpmd.store.swtpm.SwtpmFiles;
import dev.vtpmd.store.swtpm.SwtpmKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code vtpmd import-swtpm}. The files are read and decrypted here, by whoever may read them; the service gets the states
 * alone, and never the key.
 */
@Command(
        name = "import-swtpm",
        description =
                "Creates an instance of the TPM that a swtpm has had. swtpm must not run any more; its files are left as"
                        + " they are, and must not be used again.")
final class ImportSwtpmCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Parameters(index = "0", paramLabel = "NAME", description = "what to call the instance")
    private String name;

    @Parameters(index = "1", paramLabel = "DIR", description = "swtpm's state directory, or its linear state file")
    private Path directory;

    @ArgGroup
    private Encryption encryption = new Encryption();

    @Option(
            names = "--uuid",
            paramLabel = "UUID",
            description = "the UUID of the virtual machine (default: a random one)")
    private String uuid;

    @Mixin
    private PortOptions ports;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "the algorithms that the TPM offers from now on, as for create; it must have all that the state uses")
    private String profile;

    /** How the state is encrypted. */
    private static final class Encryption {
        @Option(
                names = "--key",
                paramLabel = "OPTIONS",
                description = "the key that the state is encrypted with, as swtpm's option of the same name has it:"
                        + " file=...|fd=...|pwdfile=...|pwdfd=...[,mode=...][,format=...][,kdf=...]")
        private String key;

        @Option(
                names = "--pwdfile",
                paramLabel = "FILE",
                description =
                        "the passphrase that the state is encrypted with; short for --key pwdfile=FILE, with either mode")
        private Path passwordFile;
    }

    @Override
    public Integer call() throws AdminException, IOException {
        List<SwtpmKey> keys = keys();
        try (SwtpmFiles.States states = SwtpmFiles.read(directory).open(keys)) {
            output.instance(service.client()
                    .takeOver(new ImportDocument(
                            name,
                            uuid,
                            ports.mssim(),
                            ports.tcp(),
                            profile,
                            states.permanentState(),
                            states.volatileState().orElse(null))));
        } finally {
            keys.forEach(SwtpmKey::close);
        }
        return 0;
    }

    private List<SwtpmKey> keys() {
        List<SwtpmKey> keys = new ArrayList<>();
        try {
            if (encryption.key != null) {
                keys.add(KeyOption.parse("key", encryption.key).read());
            } else if (encryption.passwordFile != null) {
                String file = "pwdfile=" + encryption.passwordFile;
                keys.add(KeyOption.parse("pwdfile", "mode=aes-256-cbc," + file).read());
                keys.add(KeyOption.parse("pwdfile", "mode=aes-128-cbc," + file).read());
            }
        } catch (UsageException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        return keys;
    }
}
