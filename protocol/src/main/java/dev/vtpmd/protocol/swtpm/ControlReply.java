package dev.vtpmd.protocol.swtpm;

import java.nio.ByteBuffer;

/** One message to a client of the control channel. */
public sealed interface ControlReply {
    /** Number of bytes on the wire. */
    int size();

    /** Writes the message: {@link #size} bytes. */
    void write(ByteBuffer out);

    /** The message's bytes. */
    default byte[] toByteArray() {
        ByteBuffer out = ByteBuffer.allocate(size());
        write(out);
        return out.array();
    }

    /** A bare result, the answer of most commands and of most failures. */
    record Result(ControlResult result) implements ControlReply {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public void write(ByteBuffer out) {
            out.putInt(result.code());
        }
    }

    /** Answers GET_CAPABILITY: a zero result and the capability word, which older clients read as one UINT64. */
    record Capability(int capabilities) implements ControlReply {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public void write(ByteBuffer out) {
            out.putInt(ControlResult.SUCCESS.code());
            out.putInt(capabilities);
        }
    }

    /** Answers GET_TPMESTABLISHED, failures included: QEMU always reads eight bytes. */
    record Established(ControlResult result, boolean established) implements ControlReply {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public void write(ByteBuffer out) {
            out.putInt(result.code());
            out.putInt(established ? 0x0100_0000 : 0);
        }
    }

    /**
     * Answers GET_STATEBLOB, failures included: QEMU always reads sixteen bytes.
     *
     * @param encrypted whether the blob is encrypted with the file key
     * @param blob the whole blob
     * @param offset where in the blob the answer begins, 0 to its length; both lengths on the wire count from there
     */
    record StateBlob(ControlResult result, boolean encrypted, byte[] blob, int offset) implements ControlReply {
        private static final int FLAG_ENCRYPTED = 2;

        /** A failure. */
        public StateBlob(ControlResult result) {
            this(result, false, new byte[0], 0);
        }

        @Override
        public int size() {
            return 16 + blob.length - offset;
        }

        @Override
        public void write(ByteBuffer out) {
            int length = blob.length - offset;
            out.putInt(result.code());
            out.putInt(encrypted ? FLAG_ENCRYPTED : 0);
            out.putInt(length);
            out.putInt(length);
            out.put(blob, offset, length);
        }
    }

    /** Answers GET_CONFIG: whether state files, and blobs for migration, are encrypted with a key of their own. */
    record Config(boolean fileKey, boolean migrationKey) implements ControlReply {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public void write(ByteBuffer out) {
            out.putInt(ControlResult.SUCCESS.code());
            out.putInt((fileKey ? 1 : 0) | (migrationKey ? 2 : 0));
        }
    }

    /** Answers SET_BUFFERSIZE: sizes in bytes. A failure is a bare {@link Result}. */
    record BufferSize(int current, int minimum, int maximum) implements ControlReply {
        @Override
        public int size() {
            return 16;
        }

        @Override
        public void write(ByteBuffer out) {
            out.putInt(ControlResult.SUCCESS.code());
            out.putInt(current);
            out.putInt(minimum);
            out.putInt(maximum);
        }
    }

    /** Answers GET_INFO: a piece of at most {@value #LONGEST} bytes of a text that has {@code total} bytes with its NUL. */
    record InfoPiece(int total, byte[] piece) implements ControlReply {
        /** Most bytes of text in one reply. */
        public static final int LONGEST = 3072;

        @Override
        public int size() {
            return 12 + piece.length;
        }

        @Override
        public void write(ByteBuffer out) {
            out.putInt(ControlResult.SUCCESS.code());
            out.putInt(total);
            out.putInt(piece.length);
            out.put(piece);
        }
    }
}
