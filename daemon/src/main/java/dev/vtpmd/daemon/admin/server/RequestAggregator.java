package dev.vtpmd.daemon.admin.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Puts requests together. One that is too large is answered with 413 as soon as that is clear, and what comes of it is dropped. */
final class RequestAggregator extends HttpObjectAggregator {
    private final int longest;

    /** Takes bodies of up to {@code longest} bytes. */
    RequestAggregator(int longest) {
        super(longest);
        this.longest = longest;
    }

    @Override
    protected Object newContinueResponse(HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
        Object response = super.newContinueResponse(start, maxContentLength, pipeline);
        return response instanceof FullHttpResponse full
                        && full.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)
                ? tooLarge()
                : response;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        context.writeAndFlush(tooLarge());
    }

    private FullHttpResponse tooLarge() {
        return Responses.refusal(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "the request is too large: no body has more than " + longest + " bytes");
    }
}
