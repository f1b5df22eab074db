package dev.vtpmd.protocol.swtpm;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts together one TPM command at a time from what arrives on a data channel: a command header (Part 1, 18.2: UINT16 tag,
 * UINT32 size of all, UINT32 code) and its rest, in front of which there may be the prefix of the TCG's simulator protocol
 * (UINT32 8, UINT8 locality, UINT32 size, which is ignored).
 *
 * <p>Commands of the usual sizes are put into one array that is kept; that of a larger one is given up after the next that is not
 * large, so that a guest that sends nothing holds little memory. Not safe for use by several threads.
 */
public final class CommandFrame {
    /** Most bytes of a command: the largest buffer size that a TPM here has. */
    public static final int MAXIMUM_COMMAND = 4096;

    /** Number of bytes that the prefix takes. */
    public static final int PREFIX_SIZE = 9;

    /** Bytes of an extend of several banks with a session and room to spare; most commands are far shorter. */
    private static final int USUAL_COMMAND = 256;

    private static final byte[] NOTHING = {};

    private static final int HEADER_SIZE = 10;
    private static final int SEND_COMMAND = 8;
    private static final int TPM_ST_NO_SESSIONS = 0x8001;
    private static final int TPM_ST_SESSIONS = 0x8002;

    private byte[] bytes = NOTHING;
    private int length;
    private int wanted = HEADER_SIZE;
    private boolean prefixed;
    private boolean headerSeen;
    private boolean headerWrong;
    private int locality;

    /**
     * Takes bytes from {@code in}, no more than belong to this command. After a complete command, {@link #reset} begins the
     * next one.
     *
     * <p>A header with a size below its own or above {@value #MAXIMUM_COMMAND} makes a complete command of what is there, so
     * that the TPM says what is wrong; where the next command begins is not known then: {@link #headerWrong}.
     *
     * @return whether the command is complete
     */
    public boolean read(ByteBuffer in) {
        if (bytes.length == 0) {
            bytes = new byte[USUAL_COMMAND];
        }
        while (length < wanted && in.hasRemaining()) {
            int count = Math.min(wanted - length, in.remaining());
            in.get(bytes, length, count);
            length += count;
            if (length == wanted && !headerSeen) {
                header();
            }
        }
        return length == wanted;
    }

    private void header() {
        ByteBuffer view = ByteBuffer.wrap(bytes);
        int tag = view.getShort(0) & 0xFFFF;
        if (!prefixed && tag != TPM_ST_NO_SESSIONS && tag != TPM_ST_SESSIONS && view.getInt(0) == SEND_COMMAND) {
            prefixed = true;
            locality = bytes[4] & 0xFF;
            System.arraycopy(bytes, PREFIX_SIZE, bytes, 0, length - PREFIX_SIZE);
            length -= PREFIX_SIZE;
            return;
        }
        headerSeen = true;
        int size = view.getInt(2);
        headerWrong = size < HEADER_SIZE || size > MAXIMUM_COMMAND;
        wanted = headerWrong ? HEADER_SIZE : size;
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, wanted);
        }
    }

    /** Gets ready for the next command. Large commands come one after another, so that their array goes with the next small one. */
    public void reset() {
        if (bytes.length > USUAL_COMMAND && length <= USUAL_COMMAND) {
            bytes = NOTHING;
        }
        length = 0;
        wanted = HEADER_SIZE;
        prefixed = false;
        headerSeen = false;
        headerWrong = false;
    }

    /** The array with the command at its beginning, valid until {@link #reset}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Number of bytes of the command that are there. */
    public int length() {
        return length;
    }

    /** Whether a command has begun, with its prefix or its header. */
    public boolean begun() {
        return length > 0 || prefixed;
    }

    /** Whether the command's header is there. */
    public boolean headerSeen() {
        return headerSeen;
    }

    /** Whether the header's size is none that a command can have. */
    public boolean headerWrong() {
        return headerWrong;
    }

    /** Whether the command has the prefix; then the response goes out with its size before and a UINT32 0 behind it. */
    public boolean prefixed() {
        return prefixed;
    }

    /** The prefix's locality, 0 to 255. */
    public int locality() {
        return locality;
    }
}
