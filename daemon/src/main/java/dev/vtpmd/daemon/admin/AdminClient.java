package dev.vtpmd.daemon.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vtpmd.daemon.admin.AdminException.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks the running service. Every request has its own connection. */
public final class AdminClient {
    private static final String COLLECTION = "/v1/instances";
    private static final String IMPORTS = "/v1/imports";
    private static final String TRANSFERS = "/v1/transfers";
    private static final String HOST_KEY = "/v1/host-key";
    private static final String AUTHORITY = "/v1/authority";
    private static final int LONGEST_RESPONSE = 64 << 20;
    private static final int SECONDS = 60;
    /** Looking for the primes of large RSA keys takes long on a machine that is busy. */
    private static final int SECONDS_FOR_NEW_KEYS = 600;

    private static final int SECONDS_FOR_ALL_INSTANCES = 3600;
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ObjectMapper json = new ObjectMapper();
    private final Path socket;
    private final Consumer<Duration> waiting;
    private final Duration interval;

    /** A client of the service whose administration socket is {@code socket}. */
    public AdminClient(Path socket) {
        this(socket, waited -> {});
    }

    /**
     * A client of the service whose administration socket is {@code socket}.
     *
     * @param waiting is told, again and again, for how long an answer has been waited for by now
     */
    public AdminClient(Path socket, Consumer<Duration> waiting) {
        this(socket, waiting, INTERVAL);
    }

    AdminClient(Path socket, Consumer<Duration> waiting, Duration interval) {
        this.socket = socket;
        this.waiting = waiting;
        this.interval = interval;
    }

    /** All instances. */
    public InstanceListDocument list() throws AdminException {
        return parse(request(HttpMethod.GET, COLLECTION, null), InstanceListDocument.class);
    }

    /** A new instance. */
    public InstanceDocument create(CreateDocument wanted) throws AdminException {
        return parse(request(HttpMethod.POST, COLLECTION, wanted, SECONDS_FOR_NEW_KEYS), InstanceDocument.class);
    }

    /** A new instance of a TPM that libtpms has had. */
    public InstanceDocument takeOver(ImportDocument wanted) throws AdminException {
        return parse(request(HttpMethod.POST, IMPORTS, wanted), InstanceDocument.class);
    }

    /** How far {@link #changeHostKey} is. */
    public HostKeyProgressDocument hostKeyProgress() throws AdminException {
        return parse(request(HttpMethod.GET, HOST_KEY, null), HostKeyProgressDocument.class);
    }

    /** Seals the states of all instances with another host key. Takes as long as it takes. */
    public void changeHostKey(HostKeyDocument wanted) throws AdminException {
        request(HttpMethod.PUT, HOST_KEY, wanted, SECONDS_FOR_ALL_INSTANCES);
    }

    /** The instance with this name or UUID. */
    public InstanceDocument show(String name) throws AdminException {
        return parse(request(HttpMethod.GET, path(name), null), InstanceDocument.class);
    }

    /** Removes the instance with this name or UUID, and its state, for good. */
    public void destroy(String name) throws AdminException {
        request(HttpMethod.DELETE, path(name), null);
    }

    /** The arguments that attach an instance to QEMU. */
    public ArgumentsDocument qemuArguments(String name) throws AdminException {
        return parse(request(HttpMethod.GET, path(name) + "/qemu-args", null), ArgumentsDocument.class);
    }

    /** Tries once more to start an instance that cannot be used. */
    public InstanceDocument start(String name) throws AdminException {
        return parse(request(HttpMethod.POST, path(name) + "/start", null), InstanceDocument.class);
    }

    /** Takes an instance as it is although older states of it were put back. */
    public InstanceDocument acceptRollback(String name) throws AdminException {
        return parse(request(HttpMethod.POST, path(name) + "/accept-rollback", null), InstanceDocument.class);
    }

    /** Changes what may be done with the states of an instance's TPM, and who may connect to it. */
    public InstanceDocument set(String name, SettingsDocument wanted) throws AdminException {
        return parse(request(HttpMethod.PATCH, path(name), wanted), InstanceDocument.class);
    }

    /** Says which firmware an instance's machine starts with. */
    public InstanceDocument bindFirmware(String name, FirmwareDocument wanted) throws AdminException {
        return parse(request(HttpMethod.PUT, path(name) + "/firmware", wanted), InstanceDocument.class);
    }

    /** Lets an instance's machine start with any firmware. */
    public void unbindFirmware(String name) throws AdminException {
        request(HttpMethod.DELETE, path(name) + "/firmware", null);
    }

    /** Begins to record what an instance's TPM and its clients say. */
    public CaptureDocument beginCapture(String name, CaptureDocument wanted) throws AdminException {
        return parse(request(HttpMethod.PUT, path(name) + "/capture", wanted), CaptureDocument.class);
    }

    /** The recording of an instance. */
    public CaptureDocument capture(String name) throws AdminException {
        return parse(request(HttpMethod.GET, path(name) + "/capture", null), CaptureDocument.class);
    }

    /** Ends the recording of an instance. */
    public CaptureDocument endCapture(String name) throws AdminException {
        return parse(request(HttpMethod.POST, path(name) + "/capture/end", null), CaptureDocument.class);
    }

    /** The public keys and certificates of an instance's TPM. */
    public KeysDocument keys(String name) throws AdminException {
        return parse(request(HttpMethod.GET, path(name) + "/keys", null), KeysDocument.class);
    }

    /** The certification authority. */
    public AuthorityDocument authority() throws AdminException {
        return parse(request(HttpMethod.GET, AUTHORITY, null), AuthorityDocument.class);
    }

    /** Changes the certification authority. */
    public AuthorityDocument changeAuthority(AuthorityChangeDocument wanted) throws AdminException {
        return parse(request(HttpMethod.PATCH, AUTHORITY, wanted), AuthorityDocument.class);
    }

    /** A request for a certificate for the certification authority. */
    public AuthorityRequestDocument requestAuthority(AuthorityRequestDocument wanted) throws AdminException {
        return parse(request(HttpMethod.POST, AUTHORITY + "/request", wanted), AuthorityRequestDocument.class);
    }

    /** Takes back the TPM of an instance, which has moved. */
    public InstanceDocument reclaim(String name) throws AdminException {
        return parse(request(HttpMethod.POST, path(name) + "/reclaim", null), InstanceDocument.class);
    }

    /** The TPM of an instance in a file; it has moved then. */
    public ExportFileDocument export(String name, ExportDocument wanted) throws AdminException {
        return parse(request(HttpMethod.POST, path(name) + "/export", wanted), ExportFileDocument.class);
    }

    /** Takes in a TPM that another service has exported. */
    public InstanceDocument importTpm(TransferDocument wanted) throws AdminException {
        return parse(request(HttpMethod.POST, TRANSFERS, wanted), InstanceDocument.class);
    }

    private static String path(String name) {
        return COLLECTION + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private <T> T parse(byte[] body, Class<T> type) throws AdminException {
        try {
            return json.readValue(body, type);
        } catch (IOException e) {
            throw new AdminException(
                    Kind.FAILED, "the service at " + socket + " gave an answer that is not understood", e);
        }
    }

    private byte[] request(HttpMethod method, String path, Object document) throws AdminException {
        return request(method, path, document, SECONDS);
    }

    private byte[] request(HttpMethod method, String path, Object document, int seconds) throws AdminException {
        CompletableFuture<Response> response = new CompletableFuture<>();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            FullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    method,
                    path,
                    Unpooled.wrappedBuffer(document == null ? new byte[0] : json.writeValueAsBytes(document)));
            request.headers()
                    .set(HttpHeaderNames.HOST, "vtpmd")
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
            connect(group, response).writeAndFlush(request);
            return body(awaited(response, Duration.ofSeconds(seconds)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of this program cannot be written as JSON", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new AdminException(
                    Kind.UNREACHABLE, "the service at " + socket + " does not answer; its log may have the reason", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(Kind.FAILED, "interrupted", e);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private Response awaited(CompletableFuture<Response> response, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        Duration waited = Duration.ZERO;
        while (true) {
            try {
                return response.get(interval.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                waited = waited.plus(interval);
                if (waited.compareTo(limit) >= 0) {
                    throw e;
                }
                waiting.accept(waited);
            }
        }
    }

    private Channel connect(MultiThreadIoEventLoopGroup group, CompletableFuture<Response> response)
            throws AdminException {
        ChannelFuture connected = new Bootstrap()
                .group(group)
                .channel(EpollDomainSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(LONGEST_RESPONSE),
                                        new ResponseHandler(response));
                    }
                })
                .connect(new DomainSocketAddress(socket.toString()))
                .awaitUninterruptibly();
        if (!connected.isSuccess()) {
            throw unreachable(connected.cause());
        }
        return connected.channel();
    }

    private AdminException unreachable(Throwable cause) {
        String reason;
        try {
            // Names the directory that must not be entered, or the socket that is not there.
            socket.getFileSystem().provider().checkAccess(socket);
            reason = Files.isWritable(socket) ? "it does not accept connections" : "permission denied";
        } catch (AccessDeniedException e) {
            reason = "permission denied";
        } catch (IOException e) {
            reason = "there is no such socket";
        }
        return reason.equals("permission denied")
                ? new AdminException(Kind.NOT_PERMITTED, "the service at " + socket + ": " + reason, cause)
                : new AdminException(
                        Kind.UNREACHABLE, "no vtpmd service is running at " + socket + ": " + reason, cause);
    }

    private byte[] body(Response response) throws AdminException {
        if (response.status() / 100 != 2) {
            throw new AdminException(
                    kind(response.status()),
                    parse(response.body(), ErrorDocument.class).error());
        }
        return response.body();
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 403 -> Kind.NOT_PERMITTED;
            case 404 -> Kind.UNKNOWN;
            case 409 -> Kind.TAKEN;
            default -> Kind.FAILED;
        };
    }

    private record Response(int status, byte[] body) {}

    /** Completes the answer, or fails it when the connection ends before. */
    private static final class ResponseHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<Response> answer;

        ResponseHandler(CompletableFuture<Response> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            answer.complete(new Response(response.status().code(), ByteBufUtil.getBytes(response.content())));
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new IOException("the connection was closed"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
            context.close();
        }
    }
}
