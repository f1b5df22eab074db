package dev.vtpmd.daemon.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The users and groups of this host, from /etc/passwd and /etc/group: who is in a directory service only goes by number. No number is
 * above 2^31 - 1.
 */
public final class Accounts {
    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path GROUPS = Path.of("/etc/group");

    private Accounts() {}

    /** The user of this process. */
    public static int ownUser() {
        return Own.USER;
    }

    /**
     * The number of a user that is given by name or number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static int user(String nameOrNumber) {
        return number(nameOrNumber, USERS, "user");
    }

    /**
     * The number of a group that is given by name or number.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static int group(String nameOrNumber) {
        return number(nameOrNumber, GROUPS, "group");
    }

    /** The name of a user, or its number if it has none. */
    public static String userName(int number) {
        return name(number, USERS);
    }

    /** The name of a group, or its number if it has none. */
    public static String groupName(int number) {
        return name(number, GROUPS);
    }

    private static int number(String account, Path accounts, String title) {
        if (account.matches("[0-9]{1,9}")) {
            return Integer.parseInt(account);
        }
        OptionalInt number = find(accounts, fields -> fields[0].equals(account)).stream()
                .mapToInt(fields -> Integer.parseInt(fields[2]))
                .findFirst();
        return number.orElseThrow(() -> new IllegalArgumentException(
                "there is no " + title + " '" + account.replaceAll("[^ -~]", "?") + "' in " + accounts));
    }

    private static String name(int number, Path accounts) {
        String text = Integer.toUnsignedString(number);
        return find(accounts, fields -> fields[2].equals(text))
                .map(fields -> fields[0])
                .orElse(text);
    }

    /** Both files have the name first and the number third. */
    private static Optional<String[]> find(Path accounts, Predicate<String[]> wanted) {
        try (Stream<String> lines = Files.lines(accounts)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 2 && fields[2].matches("[0-9]{1,9}"))
                    .filter(wanted)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
