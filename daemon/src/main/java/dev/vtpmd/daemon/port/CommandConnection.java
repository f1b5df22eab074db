package dev.vtpmd.daemon.port;

import dev.vtpmd.daemon.device.Device;
import dev.vtpmd.daemon.device.Mailbox;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One client's connection with requests that go to the device: one request at a time, each answered with one write. It is
 * itself the task that it puts in the device's mailbox. Everything but {@link #perform} runs on the event loop.
 */
abstract class CommandConnection extends ChannelInboundHandlerAdapter implements Mailbox.Task, Connections.Connection {
    /** Bytes of further requests that are kept while one is answered, or replies are not read; a client that sends more waits. */
    private static final int MOST_PENDING = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(CommandConnection.class);

    private final InstanceContext instance;
    private final PortEventLoop loop;
    private ChannelHandlerContext context;
    private ByteBuf pending;
    private ByteBuf inlineReply;
    private boolean busy;
    private boolean inputEnded;
    private boolean closing;

    /** A connection to the ports of {@code instance}. */
    CommandConnection(InstanceContext instance) {
        this.instance = instance;
        this.loop = instance.loop();
    }

    /** The device behind the port. */
    final Device device() {
        return instance.device();
    }

    /** Who is told what concerns the process. */
    final PortListener listener() {
        return instance.listener();
    }

    /**
     * Takes bytes of one request from {@code in}, and calls {@link #submit}, {@link #reply} or {@link #closeWhenIdle} when it
     * is complete.
     */
    abstract void received(ByteBuffer in);

    /** Carries out the request, in the device's mailbox, and gives the reply's bytes. Gets them from {@link #buffer}. */
    abstract ByteBuf perform();

    /** Whether a request has begun and is not complete. */
    abstract boolean insideRequest();

    /** A buffer for a reply of {@code size} bytes. */
    final ByteBuf buffer(int size) {
        return loop.inEventLoop()
                ? loop.reply().take(size, context.alloc())
                : context.alloc().directBuffer(size, size);
    }

    /** Puts the request in the mailbox. No more is received before it is answered. */
    final void submit() {
        busy = true;
        device().mailbox().submit(this);
        if (inlineReply != null) {
            ByteBuf reply = inlineReply;
            inlineReply = null;
            busy = false;
            reply(reply);
        }
    }

    @Override
    public final void run() {
        try {
            ByteBuf reply = perform();
            if (loop.inEventLoop()) {
                inlineReply = reply;
            } else {
                loop.execute(() -> answered(reply));
            }
        } catch (RuntimeException e) {
            LOG.error("{}: a request failed: {}", device().options().name(), e.toString());
            context.close();
        }
    }

    private void answered(ByteBuf reply) {
        busy = false;
        reply(reply);
        goOn();
    }

    /** Takes what is pending, and receives again if that is all. */
    private void goOn() {
        if (pending != null && !busy) {
            ByteBuf more = pending;
            pending = null;
            take(more);
        }
        if (pending == null) {
            context.channel().config().setAutoRead(true);
        }
        closeAtEnd();
    }

    private void closeAtEnd() {
        if (inputEnded && !busy && pending == null) {
            context.close();
        }
    }

    /** Sends a reply with one write. */
    final void reply(ByteBuf reply) {
        if (closing || closesAfterReply()) {
            context.writeAndFlush(reply).addListener(ChannelFutureListener.CLOSE);
            closing = true;
        } else {
            context.writeAndFlush(reply, context.voidPromise());
        }
    }

    /** Whether the connection ends with the reply that is being sent. */
    boolean closesAfterReply() {
        return false;
    }

    /** Sends {@code lastReply} and closes the connection. */
    final void closeWhenIdle(ByteBuf lastReply) {
        closing = true;
        reply(lastReply);
    }

    @Override
    public final void closeWhenIdle() {
        closing = true;
        if (!busy) {
            context.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        instance.connections().add(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        instance.connections().remove(this);
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (pending == null) {
            take(in);
        } else {
            ByteBuf first = pending;
            pending = ctx.alloc().directBuffer(first.readableBytes() + in.readableBytes());
            pending.writeBytes(first).writeBytes(in);
            first.release();
            in.release();
        }
        if (pending != null && pending.readableBytes() > MOST_PENDING) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** Takes requests from {@code in} until one has to be waited for, or the client for its replies, and keeps the rest. */
    private void take(ByteBuf in) {
        while (in.isReadable() && !busy && !closing && context.channel().isWritable()) {
            ByteBuffer view = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
            int before = view.remaining();
            received(view);
            in.skipBytes(before - view.remaining());
        }
        if (in.isReadable() && !closing) {
            pending = in;
            return;
        }
        in.release();
        if (!busy && !closing && insideRequest() && context.channel() instanceof EpollSocketChannel tcp) {
            // The client may hold the rest back until it has an acknowledgement (Nagle), which would come 40 ms late.
            tcp.config().setTcpQuickAck(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (pending != null) {
            goOn();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            closeAtEnd();
        }
    }

    /** Ends the connection. That a client went away is nothing to report. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("{}: a connection failed: {}", device().options().name(), cause.toString());
        }
        ctx.close();
    }
}
