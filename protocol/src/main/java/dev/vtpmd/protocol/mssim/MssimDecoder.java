package dev.vtpmd.protocol.mssim;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes signals out of what arrives on one connection, however it is cut into pieces. The payload stays in one array from
 * signal to signal, which grows with what has arrived, not with what is announced.
 *
 * <p>Not safe for use by several threads.
 */
public final class MssimDecoder {
    /** Most bytes of one payload; more end the connection. */
    public static final int MAXIMUM_PAYLOAD = 1_048_576;

    private static final int USUAL_PAYLOAD = 4096;

    private final MssimPort port;
    private Step step = Step.CODE;
    private MssimSignal signal = MssimSignal.SESSION_END;
    private int word;
    private int wordBytes;
    private int locality;
    private byte[] payload = new byte[0];
    private int payloadLength;
    private int payloadWanted;

    /** A decoder for connections to {@code port}. */
    public MssimDecoder(MssimPort port) {
        this.port = port;
    }

    /**
     * Takes bytes from {@code in}, no more than belong to the signal.
     *
     * @return the signal, once all that belongs to it is there
     * @throws MssimProtocolException if the code is none of this port, or the payload is too long
     */
    public Optional<MssimSignal> read(ByteBuffer in) throws MssimProtocolException {
        while (in.hasRemaining() || (step == Step.PAYLOAD && payloadWanted == 0)) {
            switch (step) {
                case CODE -> {
                    if (readWord(in)) {
                        signal = MssimSignal.of(word, port).orElseThrow(() -> new MssimProtocolException(true));
                        switch (signal.payload()) {
                            case NONE -> {
                                return Optional.of(signal);
                            }
                            case UINT32 -> step = Step.VALUE;
                            case BYTES -> step = Step.LENGTH;
                            case LOCALITY_AND_BYTES -> step = Step.LOCALITY;
                        }
                    }
                }
                case LOCALITY -> {
                    locality = in.get() & 0xFF;
                    step = Step.LENGTH;
                }
                case VALUE -> {
                    if (readWord(in)) {
                        step = Step.CODE;
                        return Optional.of(signal);
                    }
                }
                case LENGTH -> {
                    if (readWord(in)) {
                        beginPayload();
                    }
                }
                case PAYLOAD -> {
                    if (readPayload(in)) {
                        step = Step.CODE;
                        return Optional.of(signal);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean readWord(ByteBuffer in) {
        if (wordBytes == 0 && in.remaining() >= 4) {
            word = in.getInt();
            return true;
        }
        while (wordBytes < 4 && in.hasRemaining()) {
            word = word << 8 | in.get() & 0xFF;
            wordBytes++;
        }
        if (wordBytes < 4) {
            return false;
        }
        wordBytes = 0;
        return true;
    }

    private void beginPayload() throws MssimProtocolException {
        if (Integer.compareUnsigned(word, MAXIMUM_PAYLOAD) > 0) {
            throw new MssimProtocolException(false);
        }
        payloadWanted = word;
        payloadLength = 0;
        if (payload.length > USUAL_PAYLOAD) {
            payload = new byte[USUAL_PAYLOAD];
        }
        step = Step.PAYLOAD;
    }

    private boolean readPayload(ByteBuffer in) {
        int count = Math.min(in.remaining(), payloadWanted - payloadLength);
        if (payload.length < payloadLength + count) {
            int grown = Math.max(USUAL_PAYLOAD, Math.min(MAXIMUM_PAYLOAD, 2 * (payloadLength + count)));
            payload = Arrays.copyOf(payload, grown);
        }
        in.get(payload, payloadLength, count);
        payloadLength += count;
        return payloadLength == payloadWanted;
    }

    /** Whether a signal has begun and is not complete. */
    public boolean insideSignal() {
        return step != Step.CODE || wordBytes > 0;
    }

    /** The locality of the last SEND_COMMAND, 0 to 255. */
    public int locality() {
        return locality;
    }

    /** The UINT32 of the last signal that has one. */
    public int value() {
        return word;
    }

    /** The array with the last signal's payload at its beginning, valid until the next {@link #read}. */
    public byte[] payload() {
        return payload;
    }

    /** Number of bytes of the last signal's payload. */
    public int payloadLength() {
        return payloadLength;
    }

    private enum Step {
        CODE,
        LOCALITY,
        VALUE,
        LENGTH,
        PAYLOAD
    }
}
