package dev.vtpmd.engine.certificate;

import dev.vtpmd.protocol.constant.TpmRc;
import dev.vtpmd.protocol.wire.TpmException;

import java.util.Arrays;

/** Reads DER elements one after the other (X.690, 8.1): tags of one byte, lengths of up to 15 bits. */
final class DerReader {
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;
    /** [3] in a TBSCertificate (RFC 5280, 4.1). */
    static final int EXTENSIONS = 0xA3;

    private static final int LONG_TAG = 0x1F;
    static final int LENGTH_OF_ONE_BYTE = 0x81;
    static final int LENGTH_OF_TWO_BYTES = 0x82;
    static final int FIRST_LONG_LENGTH = 0x80;

    private final byte[] bytes;
    private final int end;
    private int position;

    /** A reader of all of {@code bytes}. */
    DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** An element of {@code bytes} from {@code start} up to {@code end}, of which the contents begin at {@code contents}. */
    @SuppressWarnings("ArrayRecordComponent")
    record Element(int tag, byte[] bytes, int start, int contents, int end) {
        /** A copy of the whole element. */
        byte[] encoding() {
            return Arrays.copyOfRange(bytes, start, end);
        }

        /** A copy of the contents. */
        byte[] contentBytes() {
            return Arrays.copyOfRange(bytes, contents, end);
        }

        /** A reader of the elements in this one. */
        DerReader reader() {
            return new DerReader(bytes, contents, end);
        }
    }

    boolean hasNext() {
        return position < end;
    }

    /**
     * The next element.
     *
     * @throws TpmException TPM_RC_VALUE if there is none, or it is larger than what is there
     */
    Element next() {
        int start = position;
        int tag = octet();
        int length = octet();
        if (length >= FIRST_LONG_LENGTH) {
            length = switch (length) {
                case LENGTH_OF_ONE_BYTE -> octet();
                case LENGTH_OF_TWO_BYTES -> octet() << Byte.SIZE | octet();
                default -> throw TpmException.of(TpmRc.VALUE);
            };
        }
        if ((tag & LONG_TAG) == LONG_TAG || length > Math.min(end - position, Short.MAX_VALUE)) {
            throw TpmException.of(TpmRc.VALUE);
        }
        Element element = new Element(tag, bytes, start, position, position + length);
        position += length;
        return element;
    }

    /** The next element, which must have this tag; else TPM_RC_VALUE. */
    Element next(int tag) {
        Element element = next();
        if (element.tag != tag) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return element;
    }

    private int octet() {
        if (position == end) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return bytes[position++] & 0xFF;
    }
}
