package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.AuthorityChangeDocument;
import dev.vtpmd.daemon.admin.AuthorityDocument;
import dev.vtpmd.daemon.admin.AuthorityRequestDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code vtpmd ca}. */
@Command(
        name = "ca",
        description = "The certification authority that signs the certificates of new TPMs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CaCommand.Show.class, CaCommand.Request.class, CaCommand.Install.class, CaCommand.Publish.class})
final class CaCommand {
    private CaCommand() {}

    /** {@code vtpmd ca show}. */
    @Command(name = "show", description = "Shows its certificate.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private RunningService service;

        @Mixin
        private Output output;

        @Option(names = "--pem", description = "print the certificate and those above it in PEM")
        private boolean pem;

        @Option(
                names = "--former",
                description = "with --pem: the certificates with which it has signed before, instead")
        private boolean former;

        @Override
        public Integer call() throws AdminException {
            AuthorityDocument authority = service.client().authority();
            if (pem && !output.json()) {
                String text = former ? authority.former() : authority.chain();
                output.writer().print(text == null ? "" : text);
                output.writer().flush();
            } else {
                output.authority(authority);
            }
            return 0;
        }
    }

    /** {@code vtpmd ca csr}. */
    @Command(
            name = "csr",
            description =
                    "Prints a request (PKCS #10, PEM) for a certificate for its key by another authority. Makes the"
                            + " key where there is none yet.")
    static final class Request implements Callable<Integer> {
        @Mixin
        private RunningService service;

        @Mixin
        private Output output;

        @Option(
                names = "--subject",
                paramLabel = "NAME",
                description =
                        "the name to ask for, such as 'CN=vtpmd CA host1,O=Example' (default: the one that it has)")
        private String subject;

        @Override
        public Integer call() throws AdminException {
            AuthorityRequestDocument request =
                    service.client().requestAuthority(new AuthorityRequestDocument(subject, null));
            if (output.json()) {
                output.document(request);
            } else {
                output.writer().print(request.request());
                output.writer().flush();
            }
            return 0;
        }
    }

    /** {@code vtpmd ca install}. */
    @Command(
            name = "install",
            description =
                    "Installs the certificate that another authority has given for its key. What was signed before"
                            + " stays as it is.")
    static final class Install implements Callable<Integer> {
        @Mixin
        private RunningService service;

        @Mixin
        private Output output;

        @Parameters(paramLabel = "CHAIN.pem", description = "the certificate, and those of who signed it, in PEM")
        private Path chain;

        @Override
        public Integer call() throws AdminException, IOException {
            String text =
                    new String(SmallFile.read(chain, "certificates are", SmallFile.PEM), StandardCharsets.ISO_8859_1);
            try {
                output.authority(service.client().changeAuthority(new AuthorityChangeDocument(text, null)));
            } catch (AdminException e) {
                throw e.about(chain);
            }
            return 0;
        }
    }

    /** {@code vtpmd ca publish}. */
    @Command(
            name = "publish",
            description = "Notes where its certificate can be fetched; certificates name it from now on (authority"
                    + " information access).")
    static final class Publish implements Callable<Integer> {
        @Mixin
        private RunningService service;

        @Mixin
        private Output output;

        @Parameters(paramLabel = "URL", description = "http URL of the certificate in DER, or '' for none")
        private String location;

        @Override
        public Integer call() throws AdminException {
            output.authority(service.client().changeAuthority(new AuthorityChangeDocument(null, location)));
            return 0;
        }
    }
}
