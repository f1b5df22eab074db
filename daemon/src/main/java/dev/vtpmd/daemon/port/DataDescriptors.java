package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.peer.Peer;
import dev.vtpmd.protocol.swtpm.ControlResult;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;

import java.io.IOException;
import java.util.Optional;

/** The data channel that a control client hands over: one at a time, because two guests must not share a TPM. */
final class DataDescriptors {
    private final InstanceContext context;
    private final Descriptors descriptors;
    private DataConnection current;
    private Object holder;

    /** None is there yet. Used on the instance's event loop only. */
    DataDescriptors(InstanceContext context, Descriptors descriptors) {
        this.context = context;
        this.descriptors = descriptors;
    }

    /**
     * Serves TPM commands on {@code descriptor}, which is closed if that cannot be.
     *
     * @param client the control connection that hands it over
     * @param peer who is behind that, if it is known
     * @return IO_ERROR while the one before is connected, or if there is no descriptor for it, BAD_PARAMETER if the descriptor is no connected stream socket
     */
    ControlResult adopt(int descriptor, Object client, Optional<Peer> peer) {
        if (attached()) {
            context.listener().turnedAway(peer, "another client is attached");
            Sockets.closeQuietly(descriptor);
            return ControlResult.IO_ERROR;
        }
        if (!descriptors.mayUse(descriptor)) {
            Sockets.closeQuietly(descriptor);
            return lost(peer);
        }
        Socket socket;
        try {
            socket = (Socket) ((UnixChannel) Sockets.connected(descriptor)).fd();
        } catch (IOException e) {
            Sockets.closeQuietly(descriptor);
            return ControlResult.BAD_PARAMETER;
        }
        current = new DataConnection(
                socket, context, false, () -> context.listener().detached(peer));
        holder = client;
        current.open();
        context.listener().attached(peer);
        return ControlResult.SUCCESS;
    }

    /** The kernel had none for the one that came. */
    ControlResult lost(Optional<Peer> peer) {
        context.listener().turnedAway(peer, descriptors.reason());
        return ControlResult.IO_ERROR;
    }

    private boolean attached() {
        return current != null && !current.closed();
    }

    /** Whether another control connection than {@code client} has handed over the channel that is there now. */
    boolean heldByAnother(Object client) {
        return attached() && holder != client;
    }
}
