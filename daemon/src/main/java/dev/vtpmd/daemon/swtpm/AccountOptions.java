package dev.vtpmd.daemon.swtpm;

import dev.vtpmd.daemon.peer.Accounts;

import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** Numbers of users and groups, which may be given by name. */
final class AccountOptions {
    private AccountOptions() {}

    static OptionalInt user(ValueList values, String key) throws UsageException {
        return number(values, key, Accounts::user);
    }

    static OptionalInt group(ValueList values, String key) throws UsageException {
        return number(values, key, Accounts::group);
    }

    private static OptionalInt number(ValueList values, String key, ToIntFunction<String> account)
            throws UsageException {
        String text = values.text(key).orElse("0");
        if (!values.has(key) || text.matches("[0-9]*")) {
            return values.number(key, Integer.MAX_VALUE);
        }
        try {
            return OptionalInt.of(account.applyAsInt(text));
        } catch (IllegalArgumentException e) {
            throw values.refused(e.getMessage());
        }
    }
}
