package dev.vtpmd.daemon.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;

import java.io.IOException;

/** Makes channels of descriptors that others opened, and sets channels up for request and response. */
final class Sockets {
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int SOCK_STREAM = 1;
    private static final int AF_UNIX = 1;

    private Sockets() {}

    /** The channel of a connected stream socket, unix or TCP. Takes charge of the descriptor unless it throws. */
    static Channel connected(int descriptor) throws IOException {
        Socket socket = streamSocket(descriptor, false);
        NativeSocket.makeNonBlocking(descriptor);
        return isUnix(socket) ? new EpollDomainSocketChannel(descriptor) : new EpollSocketChannel(descriptor);
    }

    /** The channel of a listening stream socket, unix or TCP. Takes charge of the descriptor unless it throws. */
    static ServerChannel listening(int descriptor) throws IOException {
        Socket socket = streamSocket(descriptor, true);
        NativeSocket.makeNonBlocking(descriptor);
        return isUnix(socket)
                ? new EpollServerDomainSocketChannel(descriptor, true)
                : new EpollServerSocketChannel(descriptor);
    }

    private static Socket streamSocket(int descriptor, boolean listening) throws IOException {
        try {
            Socket socket = new Socket(descriptor);
            boolean listens = socket.getIntOpt(SOL_SOCKET, SO_ACCEPTCONN) != 0;
            if (socket.getIntOpt(SOL_SOCKET, SO_TYPE) == SOCK_STREAM && listens == listening) {
                return socket;
            }
        } catch (IOException | RuntimeException e) {
            throw new IOException("descriptor " + descriptor + " is no socket", e);
        }
        throw new IOException(
                "descriptor " + descriptor + " is no " + (listening ? "listening" : "connected") + " stream socket");
    }

    private static boolean isUnix(Socket socket) throws IOException {
        return socket.getIntOpt(SOL_SOCKET, SO_DOMAIN) == AF_UNIX;
    }

    /** Serves {@code channel} with {@code handler} on {@code loop}. */
    static void serve(Channel channel, PortEventLoop loop, ChannelHandler handler) {
        // A client may close its sending side first and still wait for its response.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setRecvByteBufAllocator(loop.received().receiving());
        noDelay(channel);
        channel.pipeline().addLast(handler);
        loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** Sends small segments at once, if {@code channel} is one of TCP. */
    static void noDelay(Channel channel) {
        if (channel instanceof EpollSocketChannel tcp) {
            tcp.config().setTcpNoDelay(true);
        }
    }

    /** Closes a descriptor that nobody waits for. */
    static void closeQuietly(int descriptor) {
        try {
            new FileDescriptor(descriptor).close();
        } catch (IOException e) {
            // Linux frees the number whatever close(2) says.
        }
    }
}
