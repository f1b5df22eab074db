package dev.vtpmd.daemon.instance;

import java.util.Map;

/**
 * What an operator allows to be done with the states of a TPM.
 *
 * @param migration whether another service may go on with it
 * @param snapshots whether it may go back to a state that it had before
 */
public record Permissions(boolean migration, boolean snapshots) {
    /** Neither. */
    public static final Permissions NONE = new Permissions(false, false);

    private static final String MIGRATION = "migration";
    private static final String SNAPSHOTS = "snapshots";
    private static final String ALLOW = "allow";

    /** What the settings of an instance say. */
    public static Permissions of(Map<String, String> settings) {
        return new Permissions(ALLOW.equals(settings.get(MIGRATION)), ALLOW.equals(settings.get(SNAPSHOTS)));
    }

    void store(Map<String, String> settings) {
        if (migration) {
            settings.put(MIGRATION, ALLOW);
        }
        if (snapshots) {
            settings.put(SNAPSHOTS, ALLOW);
        }
    }

    /** Whether the states may leave the service for anything at all. */
    boolean any() {
        return migration || snapshots;
    }
}
