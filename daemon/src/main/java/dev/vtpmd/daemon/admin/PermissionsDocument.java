package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Changes what may be done with the states of an instance's TPM.
 *
 * @param migration {@code allow} or {@code deny}, null to leave it as it is
 * @param snapshots {@code allow} or {@code deny}, null to leave it as it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PermissionsDocument(String migration, String snapshots) {
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
