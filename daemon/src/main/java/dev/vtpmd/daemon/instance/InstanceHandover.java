package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.device.StateHandover;
import dev.vtpmd.daemon.device.StateRefusedException;
import dev.vtpmd.daemon.instance.Custody.Place;
import dev.vtpmd.protocol.swtpm.ControlResult;
import dev.vtpmd.protocol.swtpm.StateBlobType;
import dev.vtpmd.store.key.SealingKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Sees to it that a TPM goes on at one place when its guest is migrated, saved or put back. {@code docs/migration.md} says what
 * is durable when, and what a crash leaves.
 *
 * <p>A state leaves in a {@link StateEnvelope}. What cannot be told from the control channel alone, whether the client migrates the
 * guest or saves it, shows when a state comes in: into the custody of a service that has handed it over, or on top of a TPM that is
 * in use.
 */
final class InstanceHandover implements StateHandover {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceHandover.class);

    /** A guest that runs here for so long runs nowhere else, even if it has not used its TPM. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final InstanceStorage storage;
    private final Optional<UUID> expected;
    private final AuditLog audit;
    // The handover that goes on: what has been given out, or what was given.
    private StateEnvelope outgoing;
    private StateEnvelope incoming;
    private long enteredNanos;

    /** {@code expected} is the only TPM that an instance that awaits one accepts; empty for any. */
    InstanceHandover(InstanceStorage storage, Optional<UUID> expected, AuditLog audit) {
        this.storage = storage;
        this.audit = audit;
        this.expected = expected;
    }

    private String name() {
        return storage.configuration().name();
    }

    private void told(String event, String detail) {
        audit.event(event, storage.configuration().uuid(), name(), detail);
    }

    private Permissions permissions() {
        return storage.configuration().permissions();
    }

    @Override
    public boolean possible() {
        return storage.awaiting() || permissions().any();
    }

    @Override
    public byte[] leave(StateBlobType type, byte[] state) throws IOException {
        if (!permissions().any()) {
            throw refused("neither migration nor snapshots are allowed for it; 'vtpmd set' changes that");
        }
        if (type == StateBlobType.PERMANENT) {
            outgoing = new StateEnvelope(
                    type,
                    storage.configuration().uuid(),
                    storage.custody().handovers() + 1,
                    UUID.randomUUID(),
                    permissions(),
                    !permissions().migration());
        } else if (outgoing == null) {
            throw refused("the permanent state has to be asked for first");
        }
        StateEnvelope envelope = new StateEnvelope(
                type,
                outgoing.instance(),
                outgoing.handover(),
                outgoing.id(),
                outgoing.permissions(),
                outgoing.sealed());
        if (!envelope.sealed()) {
            return envelope.encode(state, Optional.empty());
        }
        try (SealingKey key = storage.snapshotKey()) {
            return envelope.encode(state, Optional.of(key));
        }
    }

    @Override
    public void left() throws IOException {
        if (outgoing == null) {
            throw refused("the permanent state has to be asked for first");
        }
        StateEnvelope given = outgoing;
        outgoing = null;
        // A sealed state can come back only here, so nothing moves.
        Place place = given.sealed() ? Place.HERE : Place.HANDED_OVER;
        storage.custody(Custody.after(given.handover(), given.id(), place));
        told(
                given.sealed() ? "snapshot" : "handed-over",
                "state given out, handover " + given.handover() + (given.sealed() ? ", for this instance alone" : ""));
    }

    @Override
    public byte[] enter(StateBlobType type, byte[] content) throws IOException {
        StateEnvelope given = StateEnvelope.read(content);
        if (type == StateBlobType.PERMANENT) {
            incoming = null;
            require(given);
        } else if (incoming == null || !incoming.id().equals(given.id())) {
            throw refused("the volatile state is not from the same moment as the permanent state");
        }
        if (given.type() != type) {
            throw refused("a permanent state was given for a volatile one, or the other way");
        }
        byte[] state;
        if (given.sealed()) {
            try (SealingKey key = storage.snapshotKey()) {
                state = given.open(content, Optional.of(key));
            }
        } else {
            state = given.open(content, Optional.empty());
        }
        if (type == StateBlobType.PERMANENT) {
            incoming = given;
            if (storage.awaiting()) {
                storage.expect(given.instance(), given.permissions(), arrival());
            }
        }
        return state;
    }

    private void require(StateEnvelope given) throws IOException {
        if (storage.awaiting()) {
            requireMovable(given);
            if (given.handover() <= storage.lastHandoverOfDestroyed(given.instance())) {
                throw refused("the TPM was destroyed here after that");
            }
            if (expected.isPresent() && !expected.get().equals(given.instance())) {
                throw refused("it is the TPM " + given.instance() + ", and " + expected.get() + " is awaited");
            }
            return;
        }
        if (!given.instance().equals(storage.configuration().uuid())) {
            throw refused("it is a state of another TPM, " + given.instance());
        }
        Custody custody = storage.custody();
        if (custody.here()) {
            if (!permissions().snapshots()) {
                throw refused("the TPM is in use here, and going back to a snapshot is not allowed for it;"
                        + " 'vtpmd set --snapshots allow' changes that");
            }
            if (given.handover() > custody.handovers()) {
                throw refused("the TPM is in use here, and has not been where this state comes from");
            }
            return;
        }
        requireMovable(given);
        boolean comesBack = given.handover() > custody.handovers();
        boolean wasNowhereElse =
                given.handover() == custody.handovers() && given.id().equals(custody.last());
        if (!comesBack && !wasNowhereElse) {
            throw refused("it is older than the state that was handed over last");
        }
    }

    private static void requireMovable(StateEnvelope given) throws StateRefusedException {
        if (given.sealed()) {
            throw refused(
                    "migration is not allowed for it; 'vtpmd set --migration allow' where it comes from changes that");
        }
    }

    private Custody arrival() {
        return Custody.after(incoming.handover(), incoming.id(), Place.ARRIVED);
    }

    @Override
    public void entered() throws IOException {
        Custody before = storage.custody();
        StateEnvelope given = incoming;
        incoming = null;
        if (before.here()) {
            told("went-back", "went back to a snapshot, that of handover " + given.handover());
            return;
        }
        storage.arrived(given.permissions(), Custody.after(given.handover(), given.id(), Place.ARRIVED));
        enteredNanos = System.nanoTime();
        told("arrived", "state taken in, handover " + given.handover());
    }

    @Override
    public void remain(boolean sameClient) throws IOException {
        if (storage.awaiting()) {
            throw refused("awaits a TPM from a migration; start QEMU with -incoming");
        }
        Custody custody = storage.custody();
        if (custody.here()) {
            return;
        }
        if (!sameClient) {
            throw refused(custody.whyNot());
        }
        storage.custody(custody.at(Place.HERE));
        told("goes-on", "goes on here, handover " + custody.handovers());
    }

    @Override
    public boolean endsWithClient() {
        return true;
    }

    @Override
    public boolean clientGone() {
        Custody custody = storage.custody();
        if (custody.here() || storage.awaiting()) {
            return false;
        }
        if (custody.place() == Place.ARRIVED && System.nanoTime() - enteredNanos > SETTLED.toNanos()) {
            try {
                storage.custody(custody.at(Place.HERE));
            } catch (IOException e) {
                LOG.error("{}: {}", name(), e.getMessage());
            }
            return false;
        }
        LOG.info("{}: {}", name(), custody.whyNot());
        return true;
    }

    private static StateRefusedException refused(String reason) {
        return new StateRefusedException(ControlResult.FAIL, reason);
    }
}
