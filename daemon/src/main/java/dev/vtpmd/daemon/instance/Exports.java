package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.instance.InstanceException.Reason;
import dev.vtpmd.daemon.process.Failures;
import dev.vtpmd.store.export.ExportFile;
import dev.vtpmd.store.export.ExportedTpm;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

import java.io.IOException;
import java.util.Optional;

/** What becomes of an instance when its TPM is exported, or imported where it has been before. */
final class Exports {
    private final AuditLog audit;

    /** {@code audit} is told of what becomes of them. */
    Exports(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * The export file of an instance's TPM, which has moved when this returns, durably. There it stays, so that nothing is lost with
     * the file.
     */
    byte[] export(Instance instance, X25519PublicKeyParameters recipient, Optional<X25519PrivateKeyParameters> sender)
            throws InstanceException {
        String name = instance.configuration().name();
        if (instance.storage().awaiting()) {
            throw new InstanceException(Reason.UNFIT, name + ": awaits a TPM, and has none");
        }
        if (!instance.storage().custody().here()) {
            throw new InstanceException(
                    Reason.UNFIT, name + ": " + instance.storage().custody().whyNot());
        }
        try (ExportedTpm tpm = instance.export()
                .orElseThrow(() -> new InstanceException(
                        Reason.UNFIT, name + ": its TPM is on; switch the virtual machine off first"))) {
            audit.event("exported", tpm.instance(), name, "exported, handover " + tpm.handover());
            return ExportFile.seal(tpm, recipient, sender);
        } catch (IOException e) {
            throw new InstanceException(Reason.FAILED, name + ": cannot be exported: " + Failures.line(e), e);
        }
    }

    /** Puts a TPM back into the instance that it had here before it moved. */
    void takeBack(Instance instance, ExportedTpm tpm) throws InstanceException {
        String name = instance.configuration().name();
        Custody custody = instance.storage().custody();
        if (instance.storage().awaiting() || custody.here() || custody.place() == Custody.Place.ARRIVED) {
            throw new InstanceException(Reason.TAKEN, name + ": has this TPM already");
        }
        if (tpm.handover() == custody.handovers() && tpm.id().equals(custody.last())) {
            throw new InstanceException(
                    Reason.INVALID,
                    name
                            + ": was exported from here into this file; if it was imported nowhere, 'vtpmd reclaim' takes it"
                            + " back");
        }
        if (tpm.handover() <= custody.handovers()) {
            throw new InstanceException(
                    Reason.INVALID, name + ": the file is older than the state that was handed over last");
        }
        try {
            if (!instance.takeIn(tpm)) {
                throw new InstanceException(Reason.UNFIT, name + ": its TPM is on");
            }
            audit.event("imported", tpm.instance(), name, "imported, handover " + tpm.handover());
            instance.switchOn();
        } catch (IOException e) {
            throw new InstanceException(Reason.FAILED, name + ": cannot be imported: " + Failures.line(e), e);
        }
    }
}
