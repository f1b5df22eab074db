package dev.vtpmd.daemon.instance;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * What an operator can see of an instance.
 *
 * @param configuration empty if not even the description of the instance could be read
 * @param profile name of the TPM's algorithm profile; empty if its state could not be read
 * @param powered whether its TPM is switched on
 * @param controlSocket where QEMU reaches it
 * @param absence why its TPM is not here; empty if it is
 * @param problem why it cannot be used, in one line; empty if it can
 */
public record InstanceStatus(
        UUID uuid,
        Optional<InstanceConfiguration> configuration,
        Optional<String> profile,
        boolean powered,
        Optional<Path> controlSocket,
        Optional<Absence> absence,
        Optional<String> problem) {

    /**
     * A TPM that is not here.
     *
     * @param state {@code incoming} or {@code moved}
     * @param reason in one line
     */
    public record Absence(String state, String reason) {}

    /** One that cannot be used. */
    static InstanceStatus unusable(UUID uuid, Optional<InstanceConfiguration> configuration, String problem) {
        return new InstanceStatus(
                uuid, configuration, Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.of(problem));
    }
}
