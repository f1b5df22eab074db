package dev.vtpmd.daemon.admin.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;

import java.util.concurrent.Executor;

/** One administration connection: hands requests over to the thread that answers them. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final AdminRequests requests;
    private final Executor executor;

    AdminHandler(AdminRequests requests, Executor executor) {
        this.requests = requests;
        this.executor = executor;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            context.close();
            return;
        }
        String method = request.method().name();
        String path = new QueryStringDecoder(request.uri()).rawPath();
        byte[] body = ByteBufUtil.getBytes(request.content());
        // One executor thread answers in the order of the requests, so pipelined ones stay in order too.
        executor.execute(() -> context.writeAndFlush(response(requests.answer(method, path, body))));
    }

    private static FullHttpResponse response(AdminRequests.Response answer) {
        byte[] body = answer.content().bytes();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), Unpooled.wrappedBuffer(body));
        if (body.length > 0) {
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, answer.content().type())
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        }
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
