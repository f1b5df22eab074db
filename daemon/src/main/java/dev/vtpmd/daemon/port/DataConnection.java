package dev.vtpmd.daemon.port;

import dev.vtpmd.protocol.swtpm.CommandFrame;
import dev.vtpmd.protocol.wire.TpmWriter;
import io.netty.channel.unix.Socket;
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
    private final Runnable onClosed;
    private Future<?> timeout;

    /**
     * A connection to a data port of {@code instance}.
     *
     * @param disconnectAfterResponse whether it ends with the first response
     * @param onClosed is run when it has ended
     */
    DataConnection(Socket socket, InstanceContext instance, boolean disconnectAfterResponse, Runnable onClosed) {
        super(socket, instance);
        this.disconnectAfterResponse = disconnectAfterResponse;
        this.onClosed = onClosed;
    }

    @Override
    void received(ByteBuffer in) {
        if (frame.read(in)) {
            stopClock();
            submit();
        } else if (timeout == null) {
            timeout = loop().schedule(restMissing, REST_TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS);
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
    ByteBuffer perform() {
        if (frame.prefixed()) {
            device().forceLocality(frame.locality());
        }
        TpmWriter response = device().execute(device().locality(), frame.bytes(), frame.length());
        int size = response.position();
        ByteBuffer out = buffer(frame.prefixed() ? size + 8 : size);
        return frame.prefixed()
                ? out.putInt(size).put(response.array(), 0, size).putInt(0)
                : out.put(response.array(), 0, size);
    }

    @Override
    boolean closesAfterReply() {
        boolean lost = frame.headerWrong();
        frame.reset();
        return lost || disconnectAfterResponse;
    }

    @Override
    void hasClosed() {
        stopClock();
        listener().dataConnectionClosed();
        onClosed.run();
    }
}
