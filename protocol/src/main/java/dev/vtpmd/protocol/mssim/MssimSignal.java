package dev.vtpmd.protocol.mssim;

import java.util.Optional;

import static dev.vtpmd.protocol.mssim.MssimPort.COMMAND;
import static dev.vtpmd.protocol.mssim.MssimPort.PLATFORM;

/** Signals of the reference simulator (TpmTcpProtocol.h), the port that takes them, and what comes with them. */
public enum MssimSignal {
    POWER_ON(1, PLATFORM, Payload.NONE),
    POWER_OFF(2, PLATFORM, Payload.NONE),
    PHYSICAL_PRESENCE_ON(3, PLATFORM, Payload.NONE),
    PHYSICAL_PRESENCE_OFF(4, PLATFORM, Payload.NONE),
    HASH_START(5, COMMAND, Payload.NONE),
    HASH_DATA(6, COMMAND, Payload.BYTES),
    HASH_END(7, COMMAND, Payload.NONE),
    SEND_COMMAND(8, COMMAND, Payload.LOCALITY_AND_BYTES),
    CANCEL_ON(9, PLATFORM, Payload.NONE),
    CANCEL_OFF(10, PLATFORM, Payload.NONE),
    NV_ON(11, PLATFORM, Payload.NONE),
    NV_OFF(12, PLATFORM, Payload.NONE),
    KEY_CACHE_ON(13, PLATFORM, Payload.NONE),
    KEY_CACHE_OFF(14, PLATFORM, Payload.NONE),
    REMOTE_HANDSHAKE(15, COMMAND, Payload.UINT32),
    SET_ALTERNATIVE_RESULT(16, COMMAND, Payload.UINT32),
    RESET(17, PLATFORM, Payload.NONE),
    RESTART(18, PLATFORM, Payload.NONE),
    /** Ends this connection; on either port. */
    SESSION_END(20, null, Payload.NONE),
    /** Ends the simulator; on either port. */
    STOP(21, null, Payload.NONE),
    GET_COMMAND_RESPONSE_SIZES(25, PLATFORM, Payload.NONE),
    ACT_GET_SIGNALED(26, PLATFORM, Payload.UINT32),
    TEST_FAILURE_MODE(30, PLATFORM, Payload.NONE),
    SET_FIRMWARE_HASH(35, PLATFORM, Payload.UINT32),
    SET_FIRMWARE_SVN(36, PLATFORM, Payload.UINT32);

    private final int code;
    private final MssimPort port;
    private final Payload payload;

    MssimSignal(int code, MssimPort port, Payload payload) {
        this.code = code;
        this.port = port;
        this.payload = payload;
    }

    /** The signal with this code on this port, if there is one. */
    public static Optional<MssimSignal> of(int code, MssimPort port) {
        for (MssimSignal signal : values()) {
            if (signal.code == code && (signal.port == null || signal.port == port)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    /** The code on the wire. */
    public int code() {
        return code;
    }

    Payload payload() {
        return payload;
    }

    /** What follows the code. */
    enum Payload {
        NONE,
        UINT32,
        /** A UINT32 length and that many bytes. */
        BYTES,
        /** A UINT8 locality, a UINT32 length and that many bytes. */
        LOCALITY_AND_BYTES
    }
}
