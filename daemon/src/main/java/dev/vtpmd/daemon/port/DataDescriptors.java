package dev.vtpmd.daemon.port;

import dev.vtpmd.protocol.swtpm.ControlResult;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import java.io.IOException;

/** The data channel that a control client hands over: one at a time, because two guests must not share a TPM. */
final class DataDescriptors {
    private final EventLoop loop;
    private final InstanceContext context;
    private Channel current;

    /** None is there yet. Used on {@code loop} only. */
    DataDescriptors(EventLoop loop, InstanceContext context) {
        this.loop = loop;
        this.context = context;
    }

    /**
     * Serves TPM commands on {@code descriptor}, which is closed if that cannot be.
     *
     * @return IO_ERROR while the one before is connected, BAD_PARAMETER if the descriptor is no connected stream socket
     */
    ControlResult adopt(int descriptor) {
        if (current != null && current.isActive()) {
            Sockets.closeQuietly(descriptor);
            return ControlResult.IO_ERROR;
        }
        try {
            current = Sockets.connected(descriptor);
        } catch (IOException e) {
            Sockets.closeQuietly(descriptor);
            return ControlResult.BAD_PARAMETER;
        }
        Sockets.serve(current, loop, new DataConnection(context, false));
        return ControlResult.SUCCESS;
    }
}
