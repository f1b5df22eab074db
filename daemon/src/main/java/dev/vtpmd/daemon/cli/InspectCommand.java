package dev.vtpmd.daemon.cli;

import dev.vtpmd.store.disk.Inspection;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource.SecretFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code vtpmd inspect}. Asks no service: it reads the files itself. */
@Command(
        name = "inspect",
        description =
                "Shows what may be shown of a stored state, without a running service; with the host key also what is in"
                        + " it, but no secret. The exit status is 1 if something cannot be read.")
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private Output output;

    @Parameters(
            paramLabel = "FILE",
            description = "a file of the state directory, as instances/UUID/permanent.0, or the folder of an instance")
    private Path file;

    @Option(names = "--key-file", paramLabel = "FILE", description = "file with the host key, as for serve")
    private Path keyFile;

    @Option(
            names = "--key-source",
            paramLabel = "SOURCE",
            description = "where the host key comes from: " + KeySource.FORMS)
    private String keySource;

    @Override
    public Integer call() throws IOException {
        List<InspectDocument> documents =
                Inspection.of(file, hostKey()).stream().map(InspectDocument::of).toList();
        if (output.json()) {
            output.document(documents.size() == 1 ? documents.getFirst() : documents);
        } else {
            documents.forEach(this::print);
            output.writer().flush();
        }
        return documents.stream().allMatch(document -> document.problem() == null) ? 0 : 1;
    }

    private Optional<HostKeySource> hostKey() throws IOException {
        if (keyFile != null && keySource != null) {
            throw new ParameterException(command.commandLine(), "--key-file and --key-source exclude each other");
        }
        if (keyFile != null) {
            return Optional.of(new HostKeySource.GivenKey(new SecretFile(keyFile)));
        }
        if (keySource == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeySource.parse(keySource, System.getenv()).hostKey());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private void print(InspectDocument document) {
        output.writer().println(document.file());
        if (document.header() != null) {
            print(document.header());
        }
        if (document.instance() != null) {
            property("name", document.instance().name());
            property("created", document.instance().created());
            document.instance().settings().forEach(this::property);
        }
        if (document.tpm() != null) {
            print(document.tpm());
        }
        if (document.problem() != null) {
            property("problem", document.problem());
        }
    }

    private void print(InspectDocument.Header header) {
        property("kind", header.kind() + (header.deleted() ? " (there is none)" : ""));
        property("format version", header.formatVersion());
        property("instance", header.instance());
        property("generation", header.generation());
        property("sealed with key", header.keyId());
        property("size", header.contentSize() + " bytes, in a file of " + header.fileSize());
    }

    private void print(InspectDocument.Tpm tpm) {
        property("profile", tpm.profile());
        property("last shutdown", tpm.lastShutdown());
        property("clock", tpm.clock() + " ms" + (tpm.clockSafe() ? "" : ", not safe"));
        property("resets", tpm.totalResetCount() + ", since the last TPM2_Clear " + tpm.resetCount());
        InspectDocument.Lockout lockout = tpm.dictionaryAttack();
        property(
                "failed tries",
                lockout.failedTries() + " of " + lockout.maxTries() + ", one forgotten each " + lockout.recoveryTime()
                        + " s; lockout recovery " + lockout.lockoutRecovery() + " s");
        property("authorization set", String.join(", ", tpm.authorizationSet()));
        property("policy set", String.join(", ", tpm.policySet()));
        property("TPM2_Clear", tpm.clearDisabled() ? "disabled" : "enabled");
        tpm.pcrBanks().forEach((hash, pcrs) -> property("PCR bank " + hash, pcrs));
        PrintWriter out = output.writer();
        for (InspectDocument.NvIndex index : tpm.nvIndices()) {
            out.printf(
                    "  NV index   %s %-8s %5d bytes, attributes %s, name %s%s%n",
                    index.handle(),
                    index.type(),
                    index.size(),
                    index.attributes(),
                    index.nameAlg(),
                    index.written() ? "" : ", not written");
        }
        for (InspectDocument.Persistent object : tpm.persistentObjects()) {
            out.printf(
                    "  persistent %s %-9s %-11s name %s%n",
                    object.handle(), object.type(), object.hierarchy(), object.name());
        }
    }

    private void property(String title, Object value) {
        output.writer().printf("  %-20s %s%n", title + ":", value);
    }
}
