package dev.vtpmd.daemon.rehearsal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A client of swtpm's control channel. */
final class ControlClient implements AutoCloseable {
    private static final int GET_CAPABILITY = 1;
    private static final int INIT = 2;
    private static final int SHUTDOWN = 3;
    private static final int SET_LOCALITY = 5;
    private static final int STOP = 14;
    private static final int SET_BUFFERSIZE = 17;

    private final ClientSocket socket;

    ControlClient(Path path) throws IOException {
        this.socket = new ClientSocket(path);
    }

    /** What QEMU sends from its start to its end. */
    void lifetime() throws IOException {
        request(GET_CAPABILITY, 8);
        request(STOP, 4);
        request(SET_BUFFERSIZE, 16, 0);
        request(STOP, 4);
        request(INIT, 4, 0);
        request(SET_LOCALITY, 4, 0);
        request(SHUTDOWN, 4);
    }

    private void request(int command, int replySize, int... words) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(4 + 4 * words.length).putInt(command);
        for (int word : words) {
            message.putInt(word);
        }
        socket.send(message.flip());
        int result = socket.receive(replySize).getInt();
        if (result != 0) {
            throw new IOException("control command " + command + " has the result " + result);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
