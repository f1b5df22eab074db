package dev.vtpmd.daemon.firmware;

import org.tukaani.xz.LZMAInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A section that a GUID says how to decode (PI Volume 3, 3.2.5.7: EFI_SECTION_GUID_DEFINED).
 *
 * @param guid of the encoding
 * @param processingRequired whether its sections can only be read once it is decoded
 * @param data what is encoded, little-endian
 */
record GuidedSection(Guid guid, boolean processingRequired, ByteBuffer data) {
    private static final int DATA_OFFSET_OFFSET = 16;
    private static final int ATTRIBUTES_OFFSET = 18;
    private static final int HEADER = 20;
    private static final int PROCESSING_REQUIRED = 0x01;
    /** The properties, the size of the dictionary, the size of what comes out. */
    private static final int LZMA_HEADER = 13;

    private static final int LZMA_SIZE_OFFSET = 5;
    /** Far above the 16 MiB that EDK II's dictionaries have. */
    private static final int MOST_LZMA_KIBIBYTES = 80 << 10;

    /** The section of type GUID_DEFINED with this content. */
    static GuidedSection of(FirmwareSection section, String where) throws FirmwareException {
        ByteBuffer content = section.content();
        // DataOffset counts from the beginning of the common header.
        int offset = content.limit() < HEADER
                ? -1
                : Short.toUnsignedInt(content.getShort(DATA_OFFSET_OFFSET)) - section.headerSize();
        if (offset < HEADER || offset > content.limit()) {
            throw new FirmwareException("is damaged: the header of a section in " + where + " is wrong");
        }
        return new GuidedSection(
                Guid.at(content, 0),
                (content.getShort(ATTRIBUTES_OFFSET) & PROCESSING_REQUIRED) != 0,
                content.slice(offset, content.limit() - offset).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Whether {@link #decompressed} can decode it. */
    boolean lzma() {
        return guid.equals(Guid.LZMA_SECTION);
    }

    /**
     * What LZMA has compressed.
     *
     * @param most bytes that may come out
     * @throws FirmwareException if it is damaged, or larger
     */
    ByteBuffer decompressed(long most, String where) throws FirmwareException {
        long size = data.limit() < LZMA_HEADER ? -1 : data.getLong(LZMA_SIZE_OFFSET);
        if (size < 0 || size > most) {
            throw new FirmwareException("is damaged: the compressed section in " + where + " has a size that is "
                    + (size < 0 ? "wrong" : "too large"));
        }
        byte[] out = new byte[(int) size];
        try (LZMAInputStream in = new LZMAInputStream(new Bytes(data.duplicate()), MOST_LZMA_KIBIBYTES)) {
            // Reading on at the end is what checks that the stream ends there.
            if (in.readNBytes(out, 0, out.length) < out.length || in.read() >= 0) {
                throw new IOException("wrong length");
            }
        } catch (IOException e) {
            throw new FirmwareException(
                    "is damaged: the compressed section in " + where + " cannot be decompressed", e);
        }
        return ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A buffer's bytes as a stream. */
    private static final class Bytes extends InputStream {
        private final ByteBuffer data;

        Bytes(ByteBuffer data) {
            this.data = data;
        }

        @Override
        public int read() {
            return data.hasRemaining() ? Byte.toUnsignedInt(data.get()) : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!data.hasRemaining()) {
                return -1;
            }
            int count = Math.min(length, data.remaining());
            data.get(target, offset, count);
            return count;
        }
    }
}
