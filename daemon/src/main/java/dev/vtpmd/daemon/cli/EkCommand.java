package dev.vtpmd.daemon.cli;

import dev.vtpmd.daemon.admin.AdminException;
import dev.vtpmd.daemon.admin.KeysDocument;
import dev.vtpmd.daemon.admin.KeysDocument.Key;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code vtpmd ek}. */
@Command(
        name = "ek",
        description =
                "Prints the endorsement keys of an instance, and what else it was provisioned with: public keys and"
                        + " certificates, from what is stored, also while the TPM is off.")
final class EkCommand implements Callable<Integer> {
    @Mixin
    private RunningService service;

    @Mixin
    private Output output;

    @Mixin
    private InstanceName name;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "this one alone: rsa2048, ecc-p384 and so on, platform, idevid, iak or srk")
    private String key;

    @Option(names = "--public", description = "the public keys, not the certificates")
    private boolean publicKeys;

    @ArgGroup
    private Encoding encoding = new Encoding();

    /** One or none of them. */
    static final class Encoding {
        @Option(names = "--pem", description = "print PEM")
        private boolean pem;

        @Option(names = "--der", description = "print DER, of the one that --key names")
        private boolean der;
    }

    @Override
    public Integer call() throws AdminException, IOException {
        KeysDocument document = service.client().keys(name.toString());
        List<Key> keys = document.keys().stream()
                .filter(each -> key == null || each.name().equals(key))
                .toList();
        if (keys.isEmpty()) {
            throw new AdminException(name + " has no " + (key == null ? "endorsement key" : key) + there(document));
        }
        if (output.json()) {
            output.document(new KeysDocument(document.instance(), keys));
        } else if (encoding.der) {
            if (key == null) {
                throw new AdminException("--der needs --key: DER is of one thing" + there(document));
            }
            System.out.write(der(required(keys.getFirst())));
            System.out.flush();
        } else if (encoding.pem) {
            output.writer()
                    .print(keys.stream()
                            .map(publicKeys ? Key::publicKey : Key::certificate)
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining()));
            output.writer().flush();
        } else {
            table(keys);
        }
        return 0;
    }

    private static String there(KeysDocument document) {
        return document.keys().stream().map(Key::name).collect(Collectors.joining(", ", " (there is: ", ")"));
    }

    private String required(Key chosen) throws AdminException {
        String pem = publicKeys ? chosen.publicKey() : chosen.certificate();
        if (pem == null) {
            throw new AdminException(name + " has no certificate for " + chosen.name());
        }
        return pem;
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder()
                .decode(pem.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining()));
    }

    private void table(List<Key> keys) {
        Function<String, String> shown = text -> text == null ? "-" : text;
        output.writer().printf("%-10s %-12s %s%n", "KEY", "HANDLE", "CERTIFICATE");
        keys.forEach(each -> output.writer()
                .printf(
                        "%-10s %-12s %s%n",
                        each.name(), shown.apply(each.handle()), shown.apply(each.certificateIndex())));
        output.writer().flush();
    }
}
