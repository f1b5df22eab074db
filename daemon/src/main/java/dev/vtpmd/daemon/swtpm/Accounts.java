package dev.vtpmd.daemon.swtpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Numbers of users and groups, which may be given by name. */
final class Accounts {
    private Accounts() {}

    static OptionalInt user(ValueList values, String key) throws UsageException {
        return number(values, key, Path.of("/etc/passwd"));
    }

    static OptionalInt group(ValueList values, String key) throws UsageException {
        return number(values, key, Path.of("/etc/group"));
    }

    /** Both files have the name first and the number third. */
    private static OptionalInt number(ValueList values, String key, Path accounts) throws UsageException {
        String account = values.text(key).orElse("0");
        if (!values.has(key) || account.matches("[0-9]{1,9}")) {
            return values.number(key, Integer.MAX_VALUE);
        }
        try (Stream<String> lines = Files.lines(accounts)) {
            return OptionalInt.of(lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 2 && fields[0].equals(account))
                    .mapToInt(fields -> Integer.parseInt(fields[2]))
                    .findFirst()
                    .orElseThrow(() -> values.refused("there is no '" + account + "' in " + accounts)));
        } catch (IOException e) {
            throw values.refused(accounts + " cannot be read");
        }
    }
}
