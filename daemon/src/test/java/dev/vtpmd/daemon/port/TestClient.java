package dev.vtpmd.daemon.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;

/** A client that speaks hexadecimal. */
final class TestClient implements AutoCloseable {
    private final SocketChannel channel;

    private TestClient(SocketChannel channel) {
        this.channel = channel;
    }

    static TestClient tcp(int port) throws IOException {
        return new TestClient(SocketChannel.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)));
    }

    static TestClient unix(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return new TestClient(channel);
    }

    /** Sends the bytes in one segment. */
    TestClient send(String hex) throws IOException {
        channel.write(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
        return this;
    }

    /** Sends {@code hex} again and again until the other side has taken nothing for a second; gives the bytes sent. */
    long sendUntilRefused(String hex, long most) throws IOException, InterruptedException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        ByteBuffer out = ByteBuffer.wrap(bytes);
        channel.configureBlocking(false);
        long sent = 0;
        for (int refused = 0; refused < 100 && sent < most; ) {
            int count = channel.write(out.hasRemaining() ? out : out.rewind());
            sent += count;
            refused = count > 0 ? 0 : refused + 1;
            if (count == 0) {
                Thread.sleep(10);
            }
        }
        channel.configureBlocking(true);
        return sent;
    }

    /** Reads {@code size} bytes; gives how many came before the end of the stream. */
    long read(long size) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(65_536);
        long count = 0;
        while (count < size && channel.read(in.clear()) > 0) {
            count += in.position();
        }
        return count;
    }

    /** What a single read gives, as several clients read every reply; "" at the end of the stream. */
    String read() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(8192);
        channel.read(in);
        return HexFormat.of().formatHex(in.array(), 0, in.position());
    }

    /** What {@link #read} gives after sending {@code hex}. */
    String ask(String hex) throws IOException {
        return send(hex).read();
    }

    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
