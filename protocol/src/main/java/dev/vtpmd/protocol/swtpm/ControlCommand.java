package dev.vtpmd.protocol.swtpm;

import java.util.Optional;

/**
 * Commands of swtpm's control channel (tpm_ioctl.h): the code, the length of what follows it, and the running state of the
 * TPM that it needs.
 */
public enum ControlCommand {
    GET_CAPABILITY(0x01, 0, Length.ANY, Needs.NOTHING),
    INIT(0x02, 4, Length.EXACT, Needs.NOTHING),
    SHUTDOWN(0x03, 0, Length.EXACT, Needs.NOTHING),
    GET_TPMESTABLISHED(0x04, 0, Length.EXACT, Needs.RUNNING),
    SET_LOCALITY(0x05, 1, Length.MINIMUM, Needs.NOTHING),
    HASH_START(0x06, 0, Length.EXACT, Needs.RUNNING),
    HASH_DATA(0x07, 4, Length.MINIMUM, Needs.RUNNING),
    HASH_END(0x08, 0, Length.EXACT, Needs.RUNNING),
    CANCEL_TPM_CMD(0x09, 0, Length.EXACT, Needs.RUNNING),
    STORE_VOLATILE(0x0A, 0, Length.EXACT, Needs.RUNNING),
    RESET_TPMESTABLISHED(0x0B, 1, Length.MINIMUM, Needs.RUNNING),
    GET_STATEBLOB(0x0C, 12, Length.MINIMUM, Needs.RUNNING),
    SET_STATEBLOB(0x0D, 12, Length.MINIMUM, Needs.STOPPED),
    STOP(0x0E, 0, Length.EXACT, Needs.NOTHING),
    GET_CONFIG(0x0F, 0, Length.EXACT, Needs.NOTHING),
    SET_DATAFD(0x10, 0, Length.ANY, Needs.NOTHING),
    SET_BUFFERSIZE(0x11, 4, Length.MINIMUM, Needs.NOTHING),
    GET_INFO(0x12, 16, Length.MINIMUM, Needs.NOTHING),
    LOCK_STORAGE(0x13, 4, Length.MINIMUM, Needs.NOTHING);

    /**
     * The capability word that a swtpm with all of these commands answers to GET_CAPABILITY for a TPM 2: bits 0 to 14 and 16
     * for the commands, bit 15 for the TCG command prefix on the data channel.
     */
    public static final int CAPABILITIES = 0x0001_FFFF;

    /** The same without GET_STATEBLOB and SET_STATEBLOB, bits 8 and 9. QEMU neither migrates nor saves such a machine. */
    public static final int CAPABILITIES_WITHOUT_STATE_BLOBS = CAPABILITIES & ~0x0300;

    private final int code;
    private final int bodyLength;
    private final Length length;
    private final Needs needs;

    ControlCommand(int code, int bodyLength, Length length, Needs needs) {
        this.code = code;
        this.bodyLength = bodyLength;
        this.length = length;
        this.needs = needs;
    }

    /** The command with this code, if there is one. */
    public static Optional<ControlCommand> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }

    /** The code on the wire. */
    public int code() {
        return code;
    }

    /** Number of bytes that must follow the code before the message can be understood. */
    public int bodyLength() {
        return bodyLength;
    }

    /** Which running state of the TPM the command needs. */
    public Needs needs() {
        return needs;
    }

    /** Whether a message with {@code bytes} bytes after the code, at least {@link #bodyLength}, has a legal length. */
    boolean acceptsBody(int bytes) {
        return length != Length.EXACT || bytes == bodyLength;
    }

    /** The running state of the TPM that a command needs; in another one it answers {@link ControlResult#BAD_ORDINAL}. */
    public enum Needs {
        NOTHING,
        RUNNING,
        STOPPED
    }

    private enum Length {
        /** Whatever follows is ignored. */
        ANY,
        /** More bytes than these are {@link ControlResult#BAD_PARAMETER}. */
        EXACT,
        /** Surplus bytes are padding. */
        MINIMUM
    }
}
