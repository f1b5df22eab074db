package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.process.Failures;
import dev.vtpmd.store.swtpm.SwtpmKey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * {@code --key} or {@code --migration-key}.
 *
 * @param option the option's name
 * @param file where the key or passphrase is read from
 * @param form how the content is understood
 * @param size of the key in bytes: 16 or 32
 * @param remove whether the file is removed once it has been read
 */
public record KeyOption(String option, Path file, Form form, int size, boolean remove) {
    private static final Set<String> KEYS = Set.of("file", "fd", "pwdfile", "pwdfd", "mode", "format", "remove", "kdf");
    /** More than any key or passphrase has. */
    private static final int MAXIMUM_SIZE = 64 << 10;

    /** How the content of a key file is understood. */
    public enum Form {
        HEXADECIMAL,
        BINARY,
        PASSPHRASE_PBKDF2,
        PASSPHRASE_SHA512
    }

    /**
     * Understands the option's value.
     *
     * @param option the option's name, for messages
     */
    public static KeyOption parse(String option, String text) throws UsageException {
        ValueList values = new ValueList(option, text, KEYS);
        String mode = values.choice("mode", Set.of("aes-cbc", "aes-128-cbc", "aes-256-cbc"))
                .orElse("aes-cbc");
        boolean passphrase = values.has("pwdfile") || values.has("pwdfd");
        Optional<Path> file = values.path(passphrase ? "pwdfile" : "file");
        if (file.isEmpty()) {
            file = descriptor(values, passphrase ? "pwdfd" : "fd");
        }
        return new KeyOption(
                option,
                file.orElseThrow(() -> values.refused("one of file, fd, pwdfile and pwdfd is needed")),
                passphrase ? passphraseForm(values) : keyForm(values),
                mode.equals("aes-256-cbc") ? 32 : 16,
                values.flag("remove", false));
    }

    private static Optional<Path> descriptor(ValueList values, String key) throws UsageException {
        return values.number(key, Integer.MAX_VALUE).stream()
                .mapToObj(number -> Path.of("/proc/self/fd/" + number))
                .findFirst();
    }

    private static Form passphraseForm(ValueList values) throws UsageException {
        return values.choice("kdf", Set.of("pbkdf2", "sha512")).orElse("pbkdf2").equals("sha512")
                ? Form.PASSPHRASE_SHA512
                : Form.PASSPHRASE_PBKDF2;
    }

    private static Form keyForm(ValueList values) throws UsageException {
        return values.choice("format", Set.of("hex", "binary")).orElse("hex").equals("binary")
                ? Form.BINARY
                : Form.HEXADECIMAL;
    }

    /** Reads the key, which the caller closes. */
    public SwtpmKey read() throws UsageException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAXIMUM_SIZE + 1);
            if (remove) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UsageException("--" + option + ": " + Failures.line(e));
        }
        try {
            if (content.length == 0 || content.length > MAXIMUM_SIZE) {
                throw new UsageException("--" + option + ": " + file + ": is empty, or too long for a key");
            }
            return key(content);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + option + ": " + file + ": " + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private SwtpmKey key(byte[] content) {
        return switch (form) {
            case HEXADECIMAL -> SwtpmKey.ofHexadecimal(new String(content, StandardCharsets.US_ASCII), size);
            case BINARY -> {
                if (content.length != size) {
                    throw new IllegalArgumentException("a key of " + 8 * size + " bits has " + size + " bytes");
                }
                yield new SwtpmKey(content);
            }
            case PASSPHRASE_PBKDF2 -> SwtpmKey.ofPassphrase(content, SwtpmKey.Derivation.PBKDF2, size);
            case PASSPHRASE_SHA512 -> SwtpmKey.ofPassphrase(content, SwtpmKey.Derivation.SHA512, size);
        };
    }
}
