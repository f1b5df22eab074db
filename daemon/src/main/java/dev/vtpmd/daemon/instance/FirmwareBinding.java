package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.daemon.firmware.FirmwareException;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.process.Failures;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Binds instances to the firmware of their machines. */
final class FirmwareBinding {
    private final FirmwareRules rules;
    private final Roster roster;
    private final AuditLog audit;

    FirmwareBinding(FirmwareRules rules, Roster roster, AuditLog audit) {
        this.audit = audit;
        this.rules = rules;
        this.roster = roster;
    }

    /** See {@link Instances#checkedFirmware}. */
    BoundFirmware check(String file) throws InstanceException {
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute() || file.chars().anyMatch(Character::isISOControl)) {
                throw new InstanceException(
                        Reason.INVALID, "the path of firmware is absolute, without control characters");
            }
            return BoundFirmware.to(rules.check(path));
        } catch (InvalidPathException e) {
            throw new InstanceException(Reason.INVALID, "the path of the firmware is no path", e);
        } catch (FirmwareException e) {
            throw new InstanceException(Reason.INVALID, e.getMessage(), e);
        }
    }

    /** Refuses an instance whose TPM could not be switched on, but would be at once. */
    void requireNamed(InstanceConfiguration configuration) throws InstanceException {
        if (rules.signatureRequired()
                && configuration.firmware().isEmpty()
                && configuration.ports().findAny().isPresent()) {
            throw new InstanceException(
                    Reason.INVALID,
                    configuration.name() + ": this service wants signed firmware: name it with --firmware FILE");
        }
    }

    /** See {@link Instances#bindFirmware}. */
    InstanceStatus bind(String nameOrUuid, Optional<BoundFirmware> firmware) throws InstanceException {
        Instance instance = roster.usable(nameOrUuid);
        String name = instance.configuration().name();
        try {
            instance.storage().firmware(firmware);
        } catch (IOException e) {
            throw new InstanceException(Reason.FAILED, name + ": " + Failures.line(e), e);
        }
        String bound = firmware.map(named -> named.file() + ", SHA-256 " + named.sha256())
                .orElse("of any kind");
        audit.event("firmware", instance.configuration().uuid(), name, "firmware " + bound);
        return instance.status();
    }

    /** See {@link Instances#firmwareToStart}. */
    Optional<CheckedFirmware> toStart(String nameOrUuid) throws InstanceException {
        InstanceConfiguration configuration = roster.usable(nameOrUuid).configuration();
        try {
            if (configuration.firmware().isPresent()) {
                return Optional.of(rules.check(configuration.firmware().get().file()));
            }
        } catch (FirmwareException e) {
            throw new InstanceException(Reason.INVALID, e.getMessage(), e);
        }
        if (rules.signatureRequired()) {
            throw new InstanceException(
                    Reason.INVALID, configuration.name() + ": " + FirmwareCondition.unnamed(configuration.name()));
        }
        return Optional.empty();
    }
}
