package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.device.PowerCondition;
import dev.vtpmd.daemon.device.StateRefusedException;
import dev.vtpmd.daemon.firmware.CheckedFirmware;
import dev.vtpmd.daemon.firmware.FirmwareException;
import dev.vtpmd.daemon.firmware.FirmwareRules;
import dev.vtpmd.protocol.swtpm.ControlResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;

/**
 * The firmware that an instance is bound to is still good when its TPM is switched on. Who starts the machine is not asked: the
 * TPM stays off, and QEMU ends with an error.
 */
final class FirmwareCondition implements PowerCondition {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareCondition.class);

    private final InstanceStorage storage;
    private final FirmwareRules rules;
    private final AuditLog audit;

    FirmwareCondition(InstanceStorage storage, FirmwareRules rules, AuditLog audit) {
        this.audit = audit;
        this.storage = storage;
        this.rules = rules;
    }

    @Override
    public void require() throws IOException {
        InstanceConfiguration configuration = storage.configuration();
        Optional<BoundFirmware> bound = configuration.firmware();
        if (bound.isEmpty()) {
            if (rules.signatureRequired()) {
                throw new StateRefusedException(ControlResult.FAIL, unnamed(configuration.name()));
            }
            return;
        }
        CheckedFirmware now;
        try {
            now = rules.check(bound.get().file());
        } catch (FirmwareException e) {
            throw new StateRefusedException(ControlResult.FAIL, "its firmware cannot be used: " + e.getMessage());
        }
        if (!now.sha256().equals(bound.get().sha256())) {
            // An update of the package it belongs to: good too, but for the audit trail.
            audit.event(
                    "firmware-changed",
                    configuration.uuid(),
                    configuration.name(),
                    "its firmware " + now.file() + " has changed from SHA-256 "
                            + bound.get().sha256() + " to " + now.sha256());
            remember(now);
        }
    }

    /** That it cannot be noted, on a full disk for example, keeps no machine from starting: the next start says it again. */
    private void remember(CheckedFirmware now) {
        try {
            storage.firmware(Optional.of(BoundFirmware.to(now)));
        } catch (IOException e) {
            LOG.error(
                    "{}: the digest of its firmware cannot be noted: {}",
                    storage.configuration().name(),
                    e.getMessage());
        }
    }

    /** What is missing where firmware must be signed. */
    static String unnamed(String name) {
        return "this service wants signed firmware, and none is named for it: vtpmd set " + name + " --firmware FILE";
    }
}
