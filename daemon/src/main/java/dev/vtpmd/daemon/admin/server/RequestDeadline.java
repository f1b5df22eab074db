package dev.vtpmd.daemon.admin.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends a connection whose next request is not there, whole, in time; one that has begun is answered with 408 first. */
final class RequestDeadline extends ChannelDuplexHandler {
    private final AdminConnections connections;
    private final Duration patience;
    private Future<?> deadline;
    private boolean begun;
    private boolean interim;

    /** Waits for {@code patience}, from the connection's begin or the last answer on. */
    RequestDeadline(AdminConnections connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connections.opened(context.channel());
        waitForRequest(context);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connections.closed(context.channel());
        stopWaiting();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            begun = true;
        }
        if (message instanceof LastHttpContent) {
            begun = false;
            stopWaiting();
            connections.busy(context.channel());
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            // After 100 Continue the request goes on.
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (message instanceof LastHttpContent && !interim) {
            waitForRequest(context);
        }
        context.write(message, promise);
    }

    private void waitForRequest(ChannelHandlerContext context) {
        stopWaiting();
        connections.waitedFor(context.channel());
        deadline = context.executor().schedule(() -> tooLate(context), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    private void tooLate(ChannelHandlerContext context) {
        if (!begun) {
            context.close();
            return;
        }
        context.writeAndFlush(Responses.refusal(
                        HttpResponseStatus.REQUEST_TIMEOUT,
                        "the request has not come in whole within " + patience.toSeconds() + " seconds"))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
