package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.ControlCommands;
import dev.vtpmd.daemon.device.Mailbox;
import dev.vtpmd.daemon.peer.Peer;
import dev.vtpmd.protocol.swtpm.ControlReply;
import dev.vtpmd.protocol.swtpm.ControlRequest;
import dev.vtpmd.protocol.swtpm.ControlRequestDecoder;
import dev.vtpmd.protocol.swtpm.ControlResult;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * One client's connection to the swtpm control channel, on a unix or TCP socket. The socket is read until it has no more, but
 * not while a request is being answered.
 */
final class ControlConnection extends SocketConnection {
    /** A message whose fixed part has not come by then ends the connection, as in swtpm. */
    private static final int HEAD_TIMEOUT_MILLISECONDS = 500;

    /** A client that stops in the middle of announced data for so long is gone. */
    private static final int BODY_TIMEOUT_MILLISECONDS = 20_000;

    private static final int LOCK_RETRY_MILLISECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private final ControlCommands commands;
    private final Mailbox mailbox;
    private final DataDescriptors dataDescriptors;
    private final PortListener listener;
    private final boolean exclusive;
    private final Optional<Peer> peer;
    private final ControlRequestDecoder decoder = new ControlRequestDecoder();

    private Future<?> timeout;
    /** Came with a message that is not served yet. */
    private OptionalInt descriptor = OptionalInt.empty();

    /** It should have, and this process had no room for it. */
    private boolean lostDescriptor;

    private int lockRetries;
    private boolean busy;
    private boolean shutdownAnswered;
    private boolean closing;

    /**
     * The connection of {@code socket}, which must be non-blocking and is closed with it.
     *
     * @param peer who is at its other end, if that is known
     */
    ControlConnection(Socket socket, Optional<Peer> peer, InstanceContext context, DataDescriptors dataDescriptors) {
        super(socket, context);
        this.peer = peer;
        this.commands = new ControlCommands(context.device());
        this.mailbox = context.device().mailbox();
        this.listener = context.listener();
        this.exclusive = context.exclusive();
        this.dataDescriptors = dataDescriptors;
    }

    @Override
    void readable(boolean ended) {
        readAll();
    }

    private void readAll() {
        DescriptorReceiver receiver = loop().receiver();
        try {
            while (!busy && !sending() && !closed()) {
                int count = receiver.receive(socket().intValue());
                keep(receiver.takeDescriptor());
                lostDescriptor |= count > 0 && receiver.lostDescriptor();
                if (count < 0) {
                    close();
                } else if (count == 0) {
                    return;
                } else {
                    Optional<ControlRequest> request = decoder.decode(receiver.data());
                    watch();
                    request.ifPresent(this::serve);
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    private void keep(OptionalInt received) {
        if (descriptor.isEmpty()) {
            descriptor = received;
        } else {
            received.ifPresent(Sockets::closeQuietly);
        }
    }

    /** Closes a descriptor that came and nobody took. */
    private void dropDescriptor() {
        descriptor.ifPresent(Sockets::closeQuietly);
        descriptor = OptionalInt.empty();
        lostDescriptor = false;
    }

    /** Starts the clock for what is still to come of a message, or stops it. */
    private void watch() {
        if (decoder.insideHead()) {
            if (timeout == null) {
                timeout = loop().schedule(this::close, HEAD_TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS);
            }
            return;
        }
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
        if (decoder.insideBody()) {
            timeout = loop().schedule(this::close, BODY_TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    private void serve(ControlRequest request) {
        if (request instanceof ControlRequest.SetDataFd) {
            reply(request, Optional.of(new ControlReply.Result(adoptDescriptor())));
            return;
        }
        dropDescriptor();
        // Whoever has TCP ports wants them beside a guest: the tools set the locality there before each command.
        boolean rival = exclusive && peer.isPresent() && dataDescriptors.heldByAnother(this);
        if (rival && ControlCommands.intervenes(request)) {
            listener.turnedAway(peer, "another client is attached");
            reply(request, ControlCommands.refusal(request));
            return;
        }
        if (request instanceof ControlRequest.LockStorage lock) {
            lockRetries = lock.retries();
        }
        ControlCommands.Turn turn = commands.turn(request);
        if (turn == ControlCommands.Turn.AT_ONCE) {
            reply(request, commands.answer(request));
        } else {
            submit(request, turn == ControlCommands.Turn.LIGHT);
        }
    }

    private ControlResult adoptDescriptor() {
        OptionalInt taken = descriptor;
        boolean lost = lostDescriptor;
        descriptor = OptionalInt.empty();
        lostDescriptor = false;
        if (taken.isEmpty()) {
            return lost ? dataDescriptors.lost(peer) : ControlResult.BAD_PARAMETER;
        }
        return dataDescriptors.adopt(taken.getAsInt(), this, peer);
    }

    private void submit(ControlRequest request, boolean light) {
        busy = true;
        mailbox.submit(new Mailbox.Task() {
            @Override
            public void run() {
                try {
                    Optional<ControlReply> answer = commands.answer(request);
                    loop().execute(() -> answered(request, answer));
                } catch (RuntimeException e) {
                    LOG.error("a control command failed: {}", e.toString());
                    loop().execute(ControlConnection.this::close);
                }
            }

            @Override
            public boolean light() {
                return light;
            }
        });
    }

    private void answered(ControlRequest request, Optional<ControlReply> answer) {
        if (request instanceof ControlRequest.LockStorage
                && answer.isPresent()
                && answer.get().equals(new ControlReply.Result(ControlResult.FAIL))
                && lockRetries != 0
                && !closed()
                && !closing) {
            lockRetries--;
            loop().schedule(() -> submit(request, false), LOCK_RETRY_MILLISECONDS, TimeUnit.MILLISECONDS);
            return;
        }
        busy = false;
        reply(request, answer);
        readAll();
    }

    private void reply(ControlRequest request, Optional<ControlReply> reply) {
        shutdownAnswered |= request instanceof ControlRequest.Shutdown;
        closing |= request instanceof ControlRequest.OversizeStateBlob;
        if (closed() || reply.isEmpty()) {
            sent();
            return;
        }
        int size = reply.get().size();
        NativeBuffer shared = loop().reply();
        NativeBuffer out = size <= shared.bytes().capacity() ? shared : NativeBuffer.allocate(size);
        reply.get().write(out.bytes().clear());
        if (send(out, size)) {
            sent();
        }
    }

    @Override
    void sent() {
        if (shutdownAnswered) {
            shutdownAnswered = false;
            listener.shutdownRequested();
        }
        if (closing) {
            close();
        }
    }

    @Override
    public void closeWhenIdle() {
        closing = true;
        if (!busy && !sending()) {
            close();
        }
    }

    @Override
    void hasClosed() {
        if (timeout != null) {
            timeout.cancel(false);
        }
        dropDescriptor();
        mailbox.submit(commands::clientGone);
        listener.controlConnectionClosed();
        sent();
    }
}
