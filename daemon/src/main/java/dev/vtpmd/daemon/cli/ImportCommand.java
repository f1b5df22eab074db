package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.TransferDocument;
import dev.vtpmd.store.export.ExportException;
import dev.vtpmd.store.export.ExportFile;
import dev.vtpmd.store.export.ExportedTpm;
import dev.vtpmd.store.export.TransferKey;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code vtpmd import}. The file is opened here, by whoever may read the key; the service never gets the key. */
@Command(
        name = "import",
        description =
                "Takes in a TPM from a file that 'vtpmd export' has made: as a new instance, or in the place that it had"
                        + " here before.")
final class ImportCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "FILE", description = "the file")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "PRIVATE-KEY",
            required = true,
            description = "the recipient's X25519 private key, a PEM file")
    private Path recipient;

    @Option(
            names = "--from",
            paramLabel = "PUBLIC-KEY",
            description = "the X25519 public key, a PEM file, of who must have sent it")
    private Path sender;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "what to call the instance (default: as where it comes from)")
    private String name;

    @Mixin
    private PortOptions ports;

    @Override
    public Integer call() throws AdminException, IOException {
        byte[] pem = SmallFile.read(recipient, "a key", SmallFile.PEM);
        X25519PrivateKeyParameters key = TransferKey.privateKey(recipient.toString(), pem);
        Arrays.fill(pem, (byte) 0);
        Optional<X25519PublicKeyParameters> from = sender == null
                ? Optional.empty()
                : Optional.of(TransferKey.publicKey(sender.toString(), SmallFile.read(sender, "a key", SmallFile.PEM)));
        try (ExportedTpm tpm = ExportFile.open(SmallFile.read(file, "any exported TPM", SmallFile.EXPORT), key, from)) {
            output.instance(service.client()
                    .importTpm(TransferDocument.of(tpm, name == null ? tpm.name() : name, ports.mssim(), ports.tcp())));
        } catch (ExportException e) {
            throw new ExportException(file + ": " + e.getMessage());
        }
        return 0;
    }
}
