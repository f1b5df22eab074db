package dev.vtpmd.daemon.rehearsal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

/** A client of swtpm's data channel. */
final class TpmClient implements AutoCloseable {
    private static final int HEADER_SIZE = 10;

    /**
     * What firmware and drivers begin with: Startup(CLEAR), GetCapability of properties and PCR banks, GetRandom, PCR_Extend,
     * PCR_Read, and CreatePrimary of an ECC storage key.
     */
    private static final String[] COMMANDS = {
        "80010000000c000001440000",
        "8001000000160000017a000000060000010000000040",
        "8001000000160000017a000000050000000000000001",
        "80010000000c0000017b0010",
        "80020000004100000182000000000000000940000009000000000000000001000b" + "00".repeat(32),
        "8001000000140000017e00000001000b03010000",
        "800200000043000001314000000100000009400000090000000000000400000000001a0023000b000300720000"
                + "00060080004300100003001000000000000000000000",
    };

    private final ClientSocket socket;

    TpmClient(Path path) throws IOException {
        this.socket = new ClientSocket(path);
    }

    /** Begins as a guest does. What the TPM answers is its own affair. */
    void guest() throws IOException {
        for (String command : COMMANDS) {
            socket.send(ByteBuffer.wrap(HexFormat.of().parseHex(command)));
            ByteBuffer header = socket.receive(HEADER_SIZE);
            socket.receive(header.getInt(2) - HEADER_SIZE);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
