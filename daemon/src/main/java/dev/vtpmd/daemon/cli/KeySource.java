package dev.vtpmd.daemon.cli;

import dev.vtpmd.store.HostKeyException;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;
import dev.vtpmd.store.key.SecretSource.SecretDescriptor;
import dev.vtpmd.store.key.SecretSource.SecretFile;
import dev.vtpmd.store.key.SecretSource.SystemdCredential;

import java.nio.file.Path;
import java.util.Map;

/**
 * The value of {@code --key-source}: {@code file:PATH}, {@code fd:NUMBER} or {@code credential:NAME} for a key, the same with
 * {@code passphrase-} in front for a passphrase.
 *
 * @param passphrase whether it gives a passphrase, not a key
 */
record KeySource(SecretSource secret, boolean passphrase) {
    /** For the help of options that take one. */
    static final String FORMS =
            "file:PATH, fd:NUMBER or credential:NAME (of systemd's) with 32 bytes or 64 hexadecimal digits;"
                    + " passphrase-file:PATH, passphrase-fd:NUMBER or passphrase-credential:NAME with a passphrase";

    private static final String PASSPHRASE = "passphrase-";
    private static final int FIRST_DESCRIPTOR = 3;

    /**
     * Understands a value.
     *
     * @throws IllegalArgumentException if it is none of these
     * @throws HostKeyException if systemd has given this process no credentials
     */
    static KeySource parse(String text, Map<String, String> environment) throws HostKeyException {
        boolean passphrase = text.startsWith(PASSPHRASE);
        String source = passphrase ? text.substring(PASSPHRASE.length()) : text;
        int colon = source.indexOf(':');
        String kind = source.substring(0, Math.max(0, colon));
        String value = source.substring(colon + 1);
        if (value.isEmpty()) {
            throw unknown(text);
        }
        SecretSource secret = switch (kind) {
            case "file" -> new SecretFile(Path.of(value));
            case "fd" -> new SecretDescriptor(descriptor(value));
            case "credential" -> SystemdCredential.of(environment, credential(value));
            default -> throw unknown(text);
        };
        return new KeySource(secret, passphrase);
    }

    /** The host key from this source. */
    HostKeySource hostKey() {
        return passphrase ? new HostKeySource.Passphrase(secret) : new HostKeySource.GivenKey(secret);
    }

    private static int descriptor(String value) {
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < FIRST_DESCRIPTOR) {
            throw new IllegalArgumentException(
                    "fd:" + value + ": a number of " + FIRST_DESCRIPTOR + " or higher is needed");
        }
        return Integer.parseInt(value);
    }

    private static String credential(String value) {
        if (value.contains("/")) {
            throw new IllegalArgumentException(
                    "credential:" + value + ": the name of a credential is needed, not a path");
        }
        return value;
    }

    private static IllegalArgumentException unknown(String text) {
        // Who mistakes the option for one that takes the key itself should not find it in a log.
        String shown = text.length() > 20 ? text.substring(0, 20) + "..." : text;
        return new IllegalArgumentException("'" + shown + "' is not one of " + FORMS);
    }
}
