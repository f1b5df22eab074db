package dev.vtpmd.daemon.port;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;

import java.io.IOException;

/** Makes channels of descriptors that others opened, and sets the options of sockets for request and response. */
final class Sockets {
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int SOCK_STREAM = 1;
    private static final int AF_UNIX = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_NODELAY = 1;
    private static final int TCP_QUICKACK = 12;

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

    /** Sends small segments at once, if {@code socket} is one of TCP. */
    static void noDelay(Socket socket) throws IOException {
        if (!isUnix(socket)) {
            socket.setIntOpt(IPPROTO_TCP, TCP_NODELAY, 1);
        }
    }

    /** Acknowledges at once what has been received, if {@code socket} is one of TCP. */
    static void acknowledge(Socket socket) throws IOException {
        if (!isUnix(socket)) {
            socket.setIntOpt(IPPROTO_TCP, TCP_QUICKACK, 1);
        }
    }

    /** Closes a descriptor that nobody waits for. */
    static void closeQuietly(int descriptor) {
        closeQuietly(new FileDescriptor(descriptor));
    }

    /** Closes {@code descriptor}. */
    static void closeQuietly(FileDescriptor descriptor) {
        try {
            descriptor.close();
        } catch (IOException e) {
            // Linux frees the number whatever close(2) says.
        }
    }
}
