package dev.vtpmd.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * What is known of an instance besides its TPM's state. None of it is secret.
 *
 * @param uuid identifies the instance, and names its folder
 * @param name what operators call it: 1 to 64 letters, digits, '.', '_' and '-', not beginning with '.' or '-'
 * @param created when it was created, in whole milliseconds
 * @param settings its configuration (ports and the like), whose meaning is its owner's; keys and values of up to 65,535
 *     bytes of UTF-8
 */
public record InstanceInfo(UUID uuid, String name, Instant created, Map<String, String> settings) {
    // Names become parts of socket paths, whose length is limited to 107 bytes, and arguments of commands.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");

    /**
     * @throws IllegalArgumentException if the name is not as described above
     */
    public InstanceInfo {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(name, "name is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "instance name '" + printable(name)
                            + "': 1 to 64 letters, digits, '.', '_' and '-' are allowed, beginning with a letter, digit or '_'");
        }
        created = created.truncatedTo(ChronoUnit.MILLIS);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** The same instance with other settings. */
    public InstanceInfo withSettings(Map<String, String> newSettings) {
        return new InstanceInfo(uuid, name, created, newSettings);
    }

    private static String printable(String name) {
        String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
