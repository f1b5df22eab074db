package dev.vtpmd.daemon.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A firmware volume (PI Volume 3, 3.2.1: EFI_FIRMWARE_VOLUME_HEADER).
 *
 * @param content the volume with its header, little-endian
 * @param fileSystem what is in it
 * @param where it is, for messages
 */
record FirmwareVolume(ByteBuffer content, Guid fileSystem, String where) {
    private static final int SIGNATURE = 'H' << 24 | 'V' << 16 | 'F' << 8 | '_';
    private static final int FILE_SYSTEM_OFFSET = 16;
    private static final int LENGTH_OFFSET = 32;
    private static final int SIGNATURE_OFFSET = 40;
    private static final int ATTRIBUTES_OFFSET = 44;
    private static final int HEADER_LENGTH_OFFSET = 48;
    private static final int EXTENDED_HEADER_OFFSET = 52;
    /** With the block map of one entry and its end. */
    private static final int SMALLEST_HEADER = 72;
    /** EFI_FVB2_ERASE_POLARITY: erased bits are ones. */
    private static final int ERASED_BITS_ARE_ONES = 0x800;

    /** Whether a volume's header seems to be at {@code offset}. */
    static boolean begins(ByteBuffer data, int offset) {
        return data.limit() - offset >= SMALLEST_HEADER && data.getInt(offset + SIGNATURE_OFFSET) == SIGNATURE;
    }

    /**
     * The volume whose header is at {@code offset}.
     *
     * @throws FirmwareException if it is damaged, or longer than the data
     */
    static FirmwareVolume at(ByteBuffer data, int offset, String container) throws FirmwareException {
        String where = "the firmware volume at 0x%x%s".formatted(offset, container);
        if (!begins(data, offset)) {
            throw new FirmwareException("is damaged: " + where + " has no header");
        }
        long length = data.getLong(offset + LENGTH_OFFSET);
        int headerLength = Short.toUnsignedInt(data.getShort(offset + HEADER_LENGTH_OFFSET));
        if (headerLength < SMALLEST_HEADER
                || headerLength % 2 != 0
                || headerLength > data.limit() - offset
                || sum16(data, offset, headerLength) != 0) {
            throw new FirmwareException("is damaged: the checksum of " + where + " is wrong");
        }
        if (length < headerLength || length > data.limit() - offset) {
            throw new FirmwareException("is cut off: %s has %d bytes, of which %d are there"
                    .formatted(where, length, data.limit() - offset));
        }
        return new FirmwareVolume(
                data.slice(offset, (int) length).order(ByteOrder.LITTLE_ENDIAN),
                Guid.at(data, offset + FILE_SYSTEM_OFFSET),
                where);
    }

    private static int sum16(ByteBuffer data, int offset, int length) {
        int sum = 0;
        for (int at = offset; at < offset + length; at += 2) {
            sum += data.getShort(at);
        }
        return sum & 0xFFFF;
    }

    /** Whether it has files. */
    boolean hasFiles() {
        return fileSystem.equals(Guid.FILE_SYSTEM_2) || fileSystem.equals(Guid.FILE_SYSTEM_3);
    }

    /**
     * Its files, without those that are deleted and those that only fill space.
     *
     * @throws FirmwareException if one is damaged
     */
    List<FirmwareFile> files() throws FirmwareException {
        boolean ones = (content.getInt(ATTRIBUTES_OFFSET) & ERASED_BITS_ARE_ONES) != 0;
        List<FirmwareFile> files = new ArrayList<>();
        int offset = firstFile();
        while (offset <= content.limit() - FirmwareFile.HEADER && !FirmwareFile.erased(content, offset, ones)) {
            FirmwareFile file = FirmwareFile.at(content, offset, ones, where);
            if (file.there()) {
                files.add(file);
            }
            offset = aligned(offset + file.size());
        }
        return files;
    }

    /** Behind the extended header where there is one (3.2.1.1: EFI_FIRMWARE_VOLUME_EXT_HEADER), which has its size at 16. */
    private int firstFile() throws FirmwareException {
        int extended = Short.toUnsignedInt(content.getShort(EXTENDED_HEADER_OFFSET));
        if (extended == 0) {
            return aligned(Short.toUnsignedInt(content.getShort(HEADER_LENGTH_OFFSET)));
        }
        long end = extended > content.limit() - 20
                ? Long.MAX_VALUE
                : extended + Integer.toUnsignedLong(content.getInt(extended + 16));
        if (end > content.limit()) {
            throw new FirmwareException("is damaged: the extended header of " + where + " is longer than the volume");
        }
        return aligned((int) end);
    }

    private static int aligned(int offset) {
        return (offset + 7) & ~7;
    }
}
