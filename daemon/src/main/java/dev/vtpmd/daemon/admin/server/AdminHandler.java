package dev.vtpmd.daemon.admin.server;

import dev.vtpmd.daemon.peer.Peer;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;

import java.io.IOException;
import java.util.concurrent.Executor;

/** One administration connection: hands requests, one after the other, over to threads that may wait. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final AdminRequests requests;
    private final Executor executor;
    private Peer peer;

    AdminHandler(AdminRequests requests, Executor executor) {
        this.requests = requests;
        this.executor = executor;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        try {
            peer = Peer.of((EpollDomainSocketChannel) context.channel());
            context.fireChannelActive();
        } catch (IOException e) {
            // It is gone already.
            context.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            context.writeAndFlush(Responses.refusal(HttpResponseStatus.BAD_REQUEST, "the request is not HTTP"))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        String method = request.method().name();
        String path = new QueryStringDecoder(request.uri()).rawPath();
        byte[] body = ByteBufUtil.getBytes(request.content());
        // The next request waits, so that answers come in the order of the requests.
        context.channel().config().setAutoRead(false);
        executor.execute(() -> {
            AdminRequests.Response answer = requests.answer(peer, method, path, body);
            context.writeAndFlush(Responses.of(HttpResponseStatus.valueOf(answer.status()), answer.content()));
            context.channel().config().setAutoRead(true);
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
