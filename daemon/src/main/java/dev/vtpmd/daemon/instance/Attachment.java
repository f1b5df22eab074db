package dev.vtpmd.daemon.instance;

import dev.vtpmd.daemon.audit.AuditLog;
import dev.vtpmd.daemon.audit.Damper;
import dev.vtpmd.daemon.peer.Peer;
import dev.vtpmd.daemon.port.PortListener;

import java.util.Optional;

/** Who is attached to an instance: the client, most of all QEMU, that has handed over the channel on which commands come. */
final class Attachment implements PortListener {
    private final InstanceStorage storage;
    private final AuditLog audit;
    private final Damper damper = new Damper();
    private volatile Peer attached;

    /** Nobody is attached yet. */
    Attachment(InstanceStorage storage, AuditLog audit) {
        this.storage = storage;
        this.audit = audit;
    }

    /** Who is attached over a unix socket now. */
    Optional<Peer> peer() {
        return Optional.ofNullable(attached);
    }

    @Override
    public void attached(Optional<Peer> peer) {
        attached = peer.orElse(null);
        tell("attached", peer, "attached");
    }

    @Override
    public void detached(Optional<Peer> peer) {
        if (attached == peer.orElse(null)) {
            attached = null;
        }
        tell("detached", peer, "detached");
    }

    @Override
    public void turnedAway(Optional<Peer> peer, String reason) {
        damper.oneMore().ifPresent(before -> tell("turned-away", peer, "turned away: " + reason + Damper.more(before)));
    }

    private void tell(String event, Optional<Peer> peer, String detail) {
        InstanceConfiguration configuration = storage.configuration();
        if (peer.isPresent()) {
            audit.event(event, configuration.uuid(), configuration.name(), peer.get(), detail);
        } else {
            audit.event(event, configuration.uuid(), configuration.name(), detail);
        }
    }
}
