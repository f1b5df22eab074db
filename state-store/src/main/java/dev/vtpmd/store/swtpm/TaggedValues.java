package dev.vtpmd.store.swtpm;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * The body of a blob: values with a tag (2 bytes, big-endian) and a length (4 bytes, big-endian), in any order. Unknown tags
 * are passed over, of two with the same tag the first counts.
 */
final class TaggedValues {
    /** What a value is. */
    enum Tag {
        STATE(1),
        ENCRYPTED_STATE(2),
        HMAC(3),
        MIGRATION(4),
        ENCRYPTED_MIGRATION(5),
        VECTOR(6),
        MIGRATION_VECTOR(7),
        /** SHA-256 of the value {@link #STATE}; vtpmd writes it into files, swtpm passes over it. */
        STATE_DIGEST(0x7601);

        private final int code;

        Tag(int code) {
            this.code = code;
        }
    }

    private static final int VALUE_HEADER = 6;

    private final Map<Tag, byte[]> values = new EnumMap<>(Tag.class);

    static TaggedValues read(byte[] body, int offset) throws SwtpmBlobException {
        TaggedValues result = new TaggedValues();
        ByteBuffer in = ByteBuffer.wrap(body, offset, body.length - offset);
        while (in.hasRemaining()) {
            if (in.remaining() < VALUE_HEADER) {
                throw broken();
            }
            int code = Short.toUnsignedInt(in.getShort());
            long length = Integer.toUnsignedLong(in.getInt());
            if (length > in.remaining()) {
                throw broken();
            }
            byte[] value = new byte[(int) length];
            in.get(value);
            for (Tag tag : Tag.values()) {
                if (tag.code == code) {
                    result.values.putIfAbsent(tag, value);
                }
            }
        }
        return result;
    }

    boolean has(Tag tag) {
        return values.containsKey(tag);
    }

    byte[] get(Tag tag) throws SwtpmBlobException {
        byte[] value = values.get(tag);
        if (value == null) {
            throw new SwtpmBlobException(SwtpmBlobException.Reason.BROKEN, "it lacks the value with tag " + tag.code);
        }
        return value;
    }

    TaggedValues with(Tag tag, byte[] value) {
        values.put(tag, value);
        return this;
    }

    /** The bytes of all values, in order of their tags. */
    byte[] encode() {
        int size = values.values().stream()
                .mapToInt(value -> VALUE_HEADER + value.length)
                .sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        values.forEach((tag, value) ->
                out.putShort((short) tag.code).putInt(value.length).put(value));
        return out.array();
    }

    private static SwtpmBlobException broken() {
        return new SwtpmBlobException(SwtpmBlobException.Reason.BROKEN, "it ends in the middle of a value");
    }
}
