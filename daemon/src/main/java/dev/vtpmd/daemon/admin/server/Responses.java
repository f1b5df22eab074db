package dev.vtpmd.daemon.admin.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vtpmd.daemon.admin.ErrorDocument;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Responses of HTTP. */
final class Responses {
    static final String JSON = "application/json";

    private Responses() {}

    /** A response; its body may be empty. */
    static FullHttpResponse of(HttpResponseStatus status, Content content) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content.bytes()));
        if (content.bytes().length > 0) {
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, content.type())
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, content.bytes().length);
        }
        return response;
    }

    /** Refuses a request that does not get as far as to be understood. */
    static FullHttpResponse refusal(HttpResponseStatus status, String line) {
        try {
            return of(status, new Content(JSON, new ObjectMapper().writeValueAsBytes(new ErrorDocument(line))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of this program cannot be written as JSON", e);
        }
    }
}
