package dev.vtpmd.daemon.swtpm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a command line apart as GNU getopt_long does, which swtpm uses: long options may be abbreviated as long as they stay
 * unambiguous, short ones may stand together behind one dash, and a value is either part of the word or the next word.
 */
final class CommandLineWords {
    private final List<Option> known;

    CommandLineWords(List<Option> known) {
        this.known = List.copyOf(known);
    }

    /**
     * An option that may be given.
     *
     * @param name the long name, without dashes
     * @param letter the short name; 0 for none
     * @param takesValue whether a value follows
     */
    record Option(String name, char letter, boolean takesValue) {}

    /** An option that was given, with its value. */
    record Given(String name, String value) {}

    /** The options in {@code words}, in order. */
    List<Given> parse(List<String> words) throws UsageException {
        List<Given> given = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Optional<String> next = i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty();
            boolean tookNext;
            if (word.startsWith("--") && word.length() > 2) {
                tookNext = parseLong(word.substring(2), next, given);
            } else if (word.startsWith("-") && word.length() > 1 && !word.equals("--")) {
                tookNext = parseShort(word, next, given);
            } else {
                throw new UsageException("unknown parameter '" + word + "'");
            }
            if (tookNext) {
                i++;
            }
        }
        return given;
    }

    private boolean parseLong(String word, Optional<String> next, List<Given> given) throws UsageException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = find(name);
        if (!option.takesValue()) {
            if (equals >= 0) {
                throw new UsageException("option '--" + option.name() + "' does not take a value");
            }
            given.add(new Given(option.name(), ""));
            return false;
        }
        if (equals >= 0) {
            given.add(new Given(option.name(), word.substring(equals + 1)));
            return false;
        }
        given.add(new Given(option.name(), next.orElseThrow(() -> missingValue("--" + option.name()))));
        return true;
    }

    private Option find(String name) throws UsageException {
        List<Option> candidates =
                known.stream().filter(option -> option.name().equals(name)).toList();
        if (candidates.isEmpty()) {
            candidates = known.stream()
                    .filter(option -> option.name().startsWith(name))
                    .toList();
        }
        if (candidates.size() > 1) {
            throw new UsageException("option '--" + name + "' is ambiguous");
        }
        if (candidates.isEmpty()) {
            throw new UsageException("unknown option '--" + name + "'");
        }
        return candidates.getFirst();
    }

    private boolean parseShort(String word, Optional<String> next, List<Given> given) throws UsageException {
        for (int at = 1; at < word.length(); at++) {
            char letter = word.charAt(at);
            Option option = known.stream()
                    .filter(candidate -> candidate.letter() == letter)
                    .findFirst()
                    .orElseThrow(() -> new UsageException("unknown option '-" + letter + "'"));
            if (option.takesValue()) {
                boolean inWord = at + 1 < word.length();
                String value = inWord ? word.substring(at + 1) : next.orElseThrow(() -> missingValue("-" + letter));
                given.add(new Given(option.name(), value));
                return !inWord;
            }
            given.add(new Given(option.name(), ""));
        }
        return false;
    }

    private static UsageException missingValue(String option) {
        return new UsageException("option '" + option + "' needs a value");
    }
}
