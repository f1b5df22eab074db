import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** One TPM, reached over loopback TCP, and the handles that a row's setup has made in it. */
final class Endpoint implements AutoCloseable {
    private static final int HEADER_SIZE = 10;
    private static final int RC_RETRY = 0x922;

    private final String name;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Deque<Integer> handles = new ArrayDeque<>();
    private long elapsed;

    /** The TPM at NAME=PORT. */
    Endpoint(String argument) throws IOException {
        String[] parts = argument.split("=", 2);
        name = parts[0];
        socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[1]));
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
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

    /** The response to {@code command}, which must succeed; sent once more if the TPM says TPM_RC_RETRY. */
    ByteBuffer execute(byte[] command) throws IOException {
        byte[] response = transmit(command);
        int code = ByteBuffer.wrap(response).getInt(6);
        if (code == RC_RETRY) {
            response = transmit(command);
            code = ByteBuffer.wrap(response).getInt(6);
        }
        if (code != 0) {
            throw new Refused("%s answered 0x%x to command 0x%x"
                    .formatted(name, code, ByteBuffer.wrap(command).getInt(6)));
        }
        return ByteBuffer.wrap(response).position(HEADER_SIZE);
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
        execute(Commands.flushContext(handle));
    }

    /** Flushes what {@link #made} made. */
    void tidyUp() throws IOException {
        while (!handles.isEmpty()) {
            flush(handles.pop());
        }
    }

    /** The response to {@code command}, whatever it is. */
    byte[] transmit(byte[] command) throws IOException {
        out.write(command);
        byte[] header = in.readNBytes(HEADER_SIZE);
        int size = ByteBuffer.wrap(header).getInt(2);
        byte[] response = Arrays.copyOf(header, size);
        in.readFully(response, HEADER_SIZE, size - HEADER_SIZE);
        return response;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
