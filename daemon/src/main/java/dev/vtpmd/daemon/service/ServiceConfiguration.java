package dev.vtpmd.daemon.service;

import dev.vtpmd.daemon.admin.server.Roles;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import dev.vtpmd.daemon.instance.Clients;
import dev.vtpmd.store.key.HostKeySource;
import dev.vtpmd.store.key.SecretSource;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator decides about a service.
 *
 * @param stateDirectory where the states of the instances are kept
 * @param runDirectory where the sockets are
 * @param hostKey seals the states
 * @param migrationKey encrypts the states of TPMs on their way to another service
 * @param firmware what the machines' firmware has to be
 * @param clients who may connect to an instance that does not say so itself
 * @param roles who may do what at the administration socket
 * @param auditLog the file; if empty, {@code audit.log} in the state directory
 * @param metricsPort the TCP port for metrics, if they are to be on one
 */
public record ServiceConfiguration(
        Path stateDirectory,
        Path runDirectory,
        HostKeySource hostKey,
        Optional<SecretSource> migrationKey,
        FirmwareRules firmware,
        Clients clients,
        Roles roles,
        Optional<Path> auditLog,
        OptionalInt metricsPort) {
    /** A service for nobody but its own user. */
    public ServiceConfiguration(Path stateDirectory, Path runDirectory, HostKeySource hostKey) {
        this(
                stateDirectory,
                runDirectory,
                hostKey,
                Optional.empty(),
                FirmwareRules.withoutSignature(),
                Clients.NONE,
                Roles.NONE,
                Optional.empty(),
                OptionalInt.empty());
    }

    /** The file of the audit log. */
    Path auditFile() {
        return auditLog.orElseGet(() -> stateDirectory.resolve("audit.log"));
    }
}
