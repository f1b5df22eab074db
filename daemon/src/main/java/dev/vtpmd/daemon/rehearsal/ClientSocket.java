package dev.vtpmd.daemon.rehearsal;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** A blocking connection to a unix socket. */
final class ClientSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final SocketChannel channel;

    /** Connects to {@code path} as soon as somebody listens there. */
    ClientSocket(Path path) throws IOException {
        awaitFile(path);
        this.channel = connected(path);
    }

    /** On a busy machine there may be some time between a socket's file and its first connection. */
    private static SocketChannel connected(Path path) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(path));
            } catch (ConnectException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Waits until {@code path} is there. */
    static void awaitFile(Path path) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(path)) {
            if (Instant.now().isAfter(end)) {
                throw new IOException(path + " does not appear");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    void send(ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    ByteBuffer receive(int length) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(length);
        while (message.hasRemaining()) {
            if (channel.read(message) < 0) {
                throw new EOFException("the connection was closed");
            }
        }
        return message.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
