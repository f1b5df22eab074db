import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One TPM, reached over loopback TCP, and the handles that a row's setup has made in it. */
final class Endpoint implements AutoCloseable {
    private static final int HEADER_SIZE = 10;
    /** TPM_PT_MAX_RESPONSE_SIZE. */
    private static final int MAX_SIZE = 4096;

    private static final int RC_RETRY = 0x922;

    private final String name;
    private final SocketChannel channel;
    /** The C library's memory, which the channel reads and writes without a copy. */
    private final ByteBuffer command = ByteBuffer.allocateDirect(MAX_SIZE);

    private final ByteBuffer response = ByteBuffer.allocateDirect(MAX_SIZE);
    private final Numbered flush = new Numbered(Commands::flushContext);
    private final Deque<Integer> handles = new ArrayDeque<>();
    private long elapsed;

    /** The TPM at NAME=PORT. */
    Endpoint(String argument) throws IOException {
        String[] parts = argument.split("=", 2);
        name = parts[0];
        channel = SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[1])));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    String name() {
        return name;
    }

    /** The command was answered with another code than TPM_RC_SUCCESS. */
    static final class Refused extends IOException {
        Refused(String message) {
            super(message);
        }
    }

    /** TPM2_Startup(CLEAR); TPM_RC_INITIALIZE says that it has been done. */
    void startUp() throws IOException {
        transmit(Commands.startup());
    }

    /**
     * The parameters and handles of the response to {@code command}, which must succeed; sent once more if the TPM says
     * TPM_RC_RETRY. They stay until the next command.
     */
    ByteBuffer execute(byte[] command) throws IOException {
        int code = transmit(command);
        if (code == RC_RETRY) {
            code = transmit(command);
        }
        if (code != 0) {
            throw new Refused("%s answered 0x%x to command 0x%x"
                    .formatted(name, code, ByteBuffer.wrap(command).getInt(6)));
        }
        return response;
    }

    /** As {@link #execute}, and the round trip counts. */
    ByteBuffer timed(byte[] command) throws IOException {
        long start = System.nanoTime();
        ByteBuffer response = execute(command);
        elapsed += System.nanoTime() - start;
        return response;
    }

    /** Nanoseconds of the round trips that have counted since the last call. */
    long takeElapsed() {
        long taken = elapsed;
        elapsed = 0;
        return taken;
    }

    /** The handle that {@code command} returns, to be flushed by {@link #tidyUp}. */
    int made(byte[] command) throws IOException {
        int handle = execute(command).getInt();
        handles.push(handle);
        return handle;
    }

    void flush(int handle) throws IOException {
        execute(flush.with(handle));
    }

    /** Flushes what {@link #made} made. */
    void tidyUp() throws IOException {
        while (!handles.isEmpty()) {
            flush(handles.pop());
        }
    }

    /** The response code that {@code bytes} are answered with, whatever it is. */
    int transmit(byte[] bytes) throws IOException {
        command.clear().put(bytes).flip();
        while (command.hasRemaining()) {
            channel.write(command);
        }
        response.clear();
        while (response.position() < HEADER_SIZE || response.position() < response.getInt(2)) {
            if (channel.read(response) < 0) {
                throw new EOFException(name + " has ended the connection");
            }
        }
        response.flip().position(HEADER_SIZE);
        return response.getInt(6);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
