package dev.vtpmd.daemon.port;

import dev.vtpmd.protocol.mssim.MssimDecoder;
import dev.vtpmd.protocol.mssim.MssimPort;
import dev.vtpmd.protocol.mssim.MssimProtocolException;
import dev.vtpmd.protocol.mssim.MssimSignal;
import dev.vtpmd.protocol.wire.TpmWriter;
import io.netty.channel.unix.Socket;

import java.nio.ByteBuffer;

/** A connection to the MSSIM command port. */
final class MssimCommandConnection extends CommandConnection {
    private static final int SERVER_VERSION = 1;

    /** Platform available (0x01), raw mode (0x04), physical presence supported (0x08), as the reference simulator says. */
    private static final int ENDPOINT_FLAGS = 0x0D;

    /** Hashing so much takes microseconds only. */
    private static final int LIGHT_HASH_DATA = 4096;

    private final MssimDecoder decoder = new MssimDecoder(MssimPort.COMMAND);
    private MssimSignal signal = MssimSignal.SESSION_END;

    /** A connection to the ports of {@code instance}. */
    MssimCommandConnection(Socket socket, InstanceContext instance) {
        super(socket, instance);
    }

    @Override
    void received(ByteBuffer in) {
        try {
            var complete = decoder.read(in);
            if (complete.isPresent()) {
                signal = complete.get();
                serve();
            }
        } catch (MssimProtocolException e) {
            closeWhenIdle();
        }
    }

    private void serve() {
        switch (signal) {
            case SEND_COMMAND, HASH_START, HASH_DATA, HASH_END -> submit();
            case REMOTE_HANDSHAKE -> {
                if (decoder.value() == 0) {
                    closeWhenIdle();
                } else {
                    reply(buffer(12)
                            .putInt(SERVER_VERSION)
                            .putInt(ENDPOINT_FLAGS)
                            .putInt(0));
                }
            }
            case SET_ALTERNATIVE_RESULT -> reply(buffer(4).putInt(0));
            case STOP -> {
                closeWhenIdle();
                listener().stopRequested();
            }
            default -> closeWhenIdle();
        }
    }

    @Override
    boolean insideRequest() {
        return decoder.insideSignal();
    }

    @Override
    public boolean light() {
        return switch (signal) {
            case SEND_COMMAND -> device().light(decoder.payload(), decoder.payloadLength());
            case HASH_DATA -> decoder.payloadLength() <= LIGHT_HASH_DATA;
            default -> true;
        };
    }

    @Override
    ByteBuffer perform() {
        if (signal == MssimSignal.SEND_COMMAND) {
            return sendCommand();
        }
        if (device().running()) {
            switch (signal) {
                case HASH_START -> device().hashStart();
                case HASH_DATA -> device().hashData(decoder.payload(), decoder.payloadLength());
                default -> device().hashEnd();
            }
        }
        return buffer(4).putInt(0);
    }

    /** A TPM without power gives a response of no bytes. */
    private ByteBuffer sendCommand() {
        if (!device().running()) {
            return buffer(8).putLong(0);
        }
        TpmWriter response = device().execute(decoder.locality(), decoder.payload(), decoder.payloadLength());
        int size = response.position();
        return buffer(size + 8).putInt(size).put(response.array(), 0, size).putInt(0);
    }
}
