package dev.vtpmd.daemon.swtpm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The value of an option: a list {@code key=value,key,...}, in which a key alone means true. A value that begins with a brace
 * goes up to the matching one, commas and all.
 */
final class ValueList {
    private final String option;
    private final Map<String, String> values;

    /**
     * Takes {@code text}, the value of {@code option}, apart.
     *
     * @throws UsageException if a key is not among {@code keys}
     */
    ValueList(String option, String text, Set<String> keys) throws UsageException {
        this.option = option;
        this.values = new LinkedHashMap<>();
        for (String item : items(text)) {
            int equals = item.indexOf('=');
            String key = equals < 0 ? item : item.substring(0, equals);
            if (!keys.contains(key)) {
                throw new UsageException("--" + option + ": unknown option '" + key + "'");
            }
            values.put(key, equals < 0 ? "true" : item.substring(equals + 1));
        }
    }

    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '{' && (depth > 0 || text.charAt(Math.max(at - 1, 0)) == '=')) {
                depth++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                items.add(text.substring(start, at));
                start = at + 1;
            }
        }
        items.add(text.substring(start));
        items.removeIf(String::isEmpty);
        return items;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value of {@code key} if given, which must be one of {@code choices}. */
    Optional<String> choice(String key, Set<String> choices) throws UsageException {
        Optional<String> value = text(key);
        if (value.isPresent() && !choices.contains(value.get())) {
            throw refused(key, value.get());
        }
        return value;
    }

    /** A path; an empty one is refused. */
    Optional<Path> path(String key) throws UsageException {
        Optional<String> value = text(key);
        if (value.isPresent() && value.get().isEmpty()) {
            throw refused(key, "");
        }
        return value.map(Path::of);
    }

    /** As swtpm has it: {@code true} and {@code 1} are true, in any case; all else is false. */
    boolean flag(String key, boolean otherwise) {
        return text(key)
                .map(value -> value.equalsIgnoreCase("true") || value.equals("1"))
                .orElse(otherwise);
    }

    /** A number of 0 to {@code maximum}. */
    OptionalInt number(String key, int maximum) throws UsageException {
        String value = values.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) > maximum) {
            throw refused(key, value);
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    /** Permission bits in octal, up to 0777. */
    OptionalInt mode(String key) throws UsageException {
        String value = values.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("0{0,2}[0-7]{1,3}")) {
            throw refused(key, value);
        }
        return OptionalInt.of(Integer.parseInt(value, 8));
    }

    /** This list lacks something, or has something that does not go together. */
    UsageException refused(String why) {
        return new UsageException("--" + option + ": " + why);
    }

    private UsageException refused(String key, String value) {
        return refused("'" + value + "' is not possible for " + key);
    }
}
