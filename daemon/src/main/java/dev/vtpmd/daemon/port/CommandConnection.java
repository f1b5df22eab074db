package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.device.Mailbox;
import io.netty.channel.unix.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One client's connection with requests that go to the device: one request at a time, each answered with one write. It is
 * itself the task that it puts in the device's mailbox. Everything but {@link #perform} runs on the event loop.
 *
 * <p>While a request is being answered, or the client does not take the reply, what it sends stays in the socket, so that it has
 * to wait in the end.
 */
abstract class CommandConnection extends SocketConnection implements Mailbox.Task {
    private static final Logger LOG = LoggerFactory.getLogger(CommandConnection.class);

    /** What has been received and not taken; null if nothing. */
    private ByteBuffer pending;

    private ByteBuffer inlineReply;
    private boolean busy;
    private boolean more;
    private boolean ended;
    private boolean closing;

    /** A connection to the ports of {@code instance}. */
    CommandConnection(Socket socket, InstanceContext instance) {
        super(socket, instance);
    }

    /** The device behind the port. */
    final Device device() {
        return instance().device();
    }

    /** Who is told what concerns the process. */
    final PortListener listener() {
        return instance().listener();
    }

    /**
     * Takes bytes of one request from {@code in}, and calls {@link #submit}, {@link #reply} or {@link #closeWhenIdle} when it
     * is complete.
     */
    abstract void received(ByteBuffer in);

    /** Carries out the request, in the device's mailbox, and gives the reply, up to its position. Takes it from {@link #buffer}. */
    abstract ByteBuffer perform();

    /** Whether a request has begun and is not complete. */
    abstract boolean insideRequest();

    /** An empty buffer for a reply of {@code size} bytes. */
    final ByteBuffer buffer(int size) {
        return loop().inEventLoop() ? loop().reply().bytes().clear() : ByteBuffer.allocate(size);
    }

    /** Puts the request in the mailbox. No more is received before it is answered. */
    final void submit() {
        busy = true;
        device().mailbox().submit(this);
        if (inlineReply != null) {
            ByteBuffer reply = inlineReply;
            inlineReply = null;
            busy = false;
            reply(reply);
        }
    }

    @Override
    public final void run() {
        try {
            ByteBuffer reply = perform();
            if (loop().inEventLoop()) {
                inlineReply = reply;
            } else {
                loop().execute(() -> answered(reply));
            }
        } catch (RuntimeException e) {
            LOG.error("{}: a request failed: {}", device().options().name(), e.toString());
            loop().execute(this::close);
        }
    }

    private void answered(ByteBuffer reply) {
        busy = false;
        if (!closed()) {
            reply(reply);
            goOn();
        }
    }

    /** Sends a reply with one write. */
    final void reply(ByteBuffer reply) {
        NativeBuffer out = loop().reply();
        int size = reply.position();
        if (reply != out.bytes()) {
            out.bytes().clear().put(reply.flip());
        }
        closing = closing || closesAfterReply();
        if (send(out, size) && closing) {
            close();
        }
    }

    /** Whether the connection ends with the reply that is being sent. */
    boolean closesAfterReply() {
        return false;
    }

    @Override
    final void sent() {
        if (closing) {
            close();
        } else {
            goOn();
        }
    }

    /** Sends {@code lastReply} and closes the connection. */
    final void closeWhenIdle(ByteBuffer lastReply) {
        closing = true;
        reply(lastReply);
    }

    @Override
    public final void closeWhenIdle() {
        closing = true;
        if (!busy) {
            close();
        }
    }

    @Override
    final void readable(boolean lastBytes) {
        more = true;
        ended |= lastBytes;
        receive();
    }

    private boolean idle() {
        return !busy && !closing && !sending() && !closed();
    }

    /** Takes what is pending, and then what is in the socket. */
    private void goOn() {
        if (pending != null && idle()) {
            ByteBuffer first = pending;
            pending = null;
            take(first);
        }
        receive();
    }

    private void receive() {
        NativeBuffer in = loop().received();
        while (more && pending == null && idle()) {
            int size = in.bytes().capacity();
            try {
                int count = socket().recvAddress(in.address(), 0, size);
                // Whoever takes less than there is room for has taken all, unless the end comes behind it.
                more = count > 0 && (ended || count == size);
                if (count > 0) {
                    take(in.bytes().limit(count).position(0));
                } else if (count < 0) {
                    close();
                }
            } catch (IOException e) {
                close();
            }
        }
    }

    /** Takes requests from {@code in} until one has to be waited for, or the client for its replies, and keeps the rest. */
    private void take(ByteBuffer in) {
        while (in.hasRemaining() && idle()) {
            received(in);
        }
        if (in.hasRemaining() && !closing) {
            pending = ByteBuffer.allocate(in.remaining()).put(in).flip();
        } else if (idle() && insideRequest()) {
            acknowledge();
        }
    }

    /** The client may hold the rest back until it has an acknowledgement (Nagle), which would come 40 ms late. */
    private void acknowledge() {
        try {
            Sockets.acknowledge(socket());
        } catch (IOException e) {
            close();
        }
    }
}
