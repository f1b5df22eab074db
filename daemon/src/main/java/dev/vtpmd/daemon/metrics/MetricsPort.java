package dev.vtpmd.daemon.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves the metrics to a Prometheus of this host: {@code GET /metrics} on a TCP port of the loopback interface, for any user. */
public final class MetricsPort implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final int LONGEST_REQUEST = 8192;
    private static final int IDLE_SECONDS = 120;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("vtpmd-metrics-port"), EpollIoHandler.newFactory());
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("vtpmd-metrics"));

    /**
     * Serves what {@code text} gives, which may wait.
     *
     * @throws IOException if the port cannot be had
     */
    public MetricsPort(int port, Supplier<byte[]> text) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new ReadTimeoutHandler(IDLE_SECONDS),
                                        new HttpServerCodec(),
                                        new HttpServerKeepAliveHandler(),
                                        new HttpObjectAggregator(LONGEST_REQUEST),
                                        new Handler(text, executor));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException("TCP port " + port + " for metrics: " + reason(bound.cause()), bound.cause());
        }
    }

    /** What the kernel says: a socket that there cannot even be has Netty's exceptions, and reflection's, around that. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    @Override
    public void close() {
        executor.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final Supplier<byte[]> text;
        private final ExecutorService executor;

        Handler(Supplier<byte[]> text, ExecutorService executor) {
            this.text = text;
            this.executor = executor;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.decoderResult().isFailure()) {
                context.close();
            } else if (!new QueryStringDecoder(request.uri()).path().equals(PATH)) {
                context.writeAndFlush(response(HttpResponseStatus.NOT_FOUND, line("there is only " + PATH)));
            } else if (!request.method().equals(HttpMethod.GET)) {
                context.writeAndFlush(response(HttpResponseStatus.METHOD_NOT_ALLOWED, line("there is only GET")));
            } else {
                executor.execute(() -> context.writeAndFlush(response(HttpResponseStatus.OK, text.get())));
            }
        }

        private static byte[] line(String text) {
            return (text + "\n").getBytes(StandardCharsets.US_ASCII);
        }

        private static FullHttpResponse response(HttpResponseStatus status, byte[] body) {
            FullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, Metrics.MEDIA_TYPE)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
            return response;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
