package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.ExportDocument;
import dev.vtpmd.daemon.process.Failures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code vtpmd export}. The file is made before the service is asked, so that a TPM does not move for a file that cannot be. */
@Command(
        name = "export",
        description =
                "Takes a TPM out into a file, encrypted for who will import it. The virtual machine must be off. The"
                        + " instance is marked as moved, and does not start again.")
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Parameters(index = "1", paramLabel = "FILE", description = "the file to make")
    private Path file;

    @Option(
            names = "--to",
            paramLabel = "PUBLIC-KEY",
            required = true,
            description = "the recipient's X25519 public key, a PEM file")
    private Path recipient;

    @Option(
            names = "--from",
            paramLabel = "PRIVATE-KEY",
            description = "the sender's X25519 private key, a PEM file: the recipient can tell who has sent it")
    private Path sender;

    @Override
    public Integer call() throws AdminException, IOException {
        byte[] recipientKey = SmallFile.read(recipient, "a key", SmallFile.PEM);
        byte[] senderKey = sender == null ? null : SmallFile.read(sender, "a key", SmallFile.PEM);
        try (FileChannel out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            byte[] content;
            try {
                content = service.client()
                        .export(name.toString(), new ExportDocument(recipientKey, senderKey))
                        .file();
            } catch (AdminException e) {
                Files.delete(file);
                throw e;
            }
            write(out, content);
        } finally {
            if (senderKey != null) {
                Arrays.fill(senderKey, (byte) 0);
            }
        }
        output.done(new DoneDocument(
                "export", name.toString(), file.toAbsolutePath().toString()));
        return 0;
    }

    private void write(FileChannel out, byte[] content) throws AdminException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) {
            throw new AdminException(
                    Failures.line(e) + "; " + name + " is marked as moved, and 'vtpmd reclaim' takes it back", e);
        }
    }
}
