package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.peer.Peer;
import dev.vtpmd.protocol.constant.TpmiAlgHash;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
 * @param use empty if it cannot be used
 */
public record InstanceStatus(
        UUID uuid,
        Optional<InstanceConfiguration> configuration,
        Optional<String> profile,
        boolean powered,
        Optional<Path> controlSocket,
        Optional<Absence> absence,
        Optional<String> problem,
        Optional<Use> use) {

    /**
     * What becomes of it since the service has taken it up.
     *
     * @param clients who may connect
     * @param attached the client that has handed over the channel on which commands come
     * @param onSince since when its TPM has power
     * @param commands how many its TPM has answered
     * @param pcrBanks those that have PCRs; empty if that is not known
     */
    public record Use(
            Clients clients,
            Optional<Peer> attached,
            Optional<Instant> onSince,
            long commands,
            Optional<List<TpmiAlgHash>> pcrBanks,
            Optional<Problem> lastProblem) {}

    /**
     * Something that went wrong.
     *
     * @param line for the operator
     */
    public record Problem(Instant time, String line) {}

    /**
     * What an instance can be: its TPM has power or not, is awaited, or is elsewhere; or the instance cannot be used.
     */
    public static final List<String> STATES = List.of("on", "off", "incoming", "moved", "failed");

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
                uuid,
                configuration,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(problem),
                Optional.empty());
    }

    /** One of {@link #STATES}. */
    public String state() {
        if (problem.isPresent()) {
            return "failed";
        }
        return absence.map(Absence::state).orElse(powered ? "on" : "off");
    }
}
