package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Changes what may be done with the states of an instance's TPM, and who may connect to it.
 *
 * @param migration {@code allow} or {@code deny}, null to leave it as it is
 * @param snapshots {@code allow} or {@code deny}, null to leave it as it is
 * @param user who may connect to the control socket, by name or number; null with {@code group} null to leave both as they are
 * @param group the group of those who may connect to the control socket, by name or number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SettingsDocument(String migration, String snapshots, String user, String group) {
    /** Whether it changes nothing. */
    @JsonIgnore
    public boolean isEmpty() {
        return migration == null && snapshots == null && user == null && group == null;
    }

    /**
     * What a word says; null for null.
     *
     * @throws IllegalArgumentException if it says neither
     */
    public static Boolean allowed(String title, String word) {
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "allow" -> true;
            case "deny" -> false;
            default -> throw new IllegalArgumentException(title + " is 'allow' or 'deny'");
        };
    }
}
