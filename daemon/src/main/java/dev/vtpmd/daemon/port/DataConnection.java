package dev.vtpmd.daemon.port;

import dev.vtpmd.protocol.swtpm.CommandFrame;
import dev.vtpmd.protocol.wire.TpmWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A connection to the swtpm data channel: TPM commands in, responses out, nothing else around them but the optional prefix. */
final class DataConnection extends CommandConnection {
    /**
     * A client that does not send the rest of a command by then gets the TPM's answer to what is there, which is
     * TPM_RC_COMMAND_SIZE; without this, a command with a size too large would leave both sides waiting.
     */
    private static final int REST_TIMEOUT_MILLISECONDS = 2000;

    private final CommandFrame frame = new CommandFrame();
    private final boolean disconnectAfterResponse;
    private final Runnable restMissing = this::restMissing;
    private ChannelHandlerContext context;
    private Future<?> timeout;

    /** A connection to the ports of {@code instance}; it may end with the first response. */
    DataConnection(InstanceContext instance, boolean disconnectAfterResponse) {
        super(instance);
        this.disconnectAfterResponse = disconnectAfterResponse;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        super.channelActive(ctx);
    }

    @Override
    void received(ByteBuffer in) {
        if (frame.read(in)) {
            stopClock();
            submit();
        } else if (timeout == null) {
            timeout = context.executor().schedule(restMissing, REST_TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    private void stopClock() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private void restMissing() {
        timeout = null;
        if (frame.headerSeen()) {
            submit();
        } else {
            closeWhenIdle();
        }
    }

    @Override
    boolean insideRequest() {
        return frame.begun();
    }

    @Override
    public boolean light() {
        return device().light(frame.bytes(), frame.length());
    }

    @Override
    ByteBuf perform() {
        if (frame.prefixed()) {
            device().forceLocality(frame.locality());
        }
        TpmWriter response = device().execute(device().locality(), frame.bytes(), frame.length());
        int size = response.position();
        ByteBuf out = buffer(frame.prefixed() ? size + 8 : size);
        if (frame.prefixed()) {
            out.writeInt(size).writeBytes(response.array(), 0, size).writeInt(0);
        } else {
            out.writeBytes(response.array(), 0, size);
        }
        return out;
    }

    @Override
    boolean closesAfterReply() {
        boolean lost = frame.headerWrong();
        frame.reset();
        return lost || disconnectAfterResponse;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopClock();
        super.channelInactive(ctx);
        listener().dataConnectionClosed();
    }
}
