package dev.vtpmd.daemon.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file in a firmware volume (PI Volume 3, 3.2.3: EFI_FFS_FILE_HEADER and EFI_FFS_FILE_HEADER2).
 *
 * @param type EFI_FV_FILETYPE
 * @param there whether it is valid, and not deleted
 * @param size in bytes, with the header
 * @param body what is behind the header, little-endian
 */
record FirmwareFile(int type, boolean there, int size, ByteBuffer body) {
    /** Bytes of the shorter header. */
    static final int HEADER = 24;

    /** EFI_FV_FILETYPE_DXE_CORE. */
    static final int DXE_CORE = 0x05;

    /** EFI_FV_FILETYPE_DRIVER. */
    static final int DRIVER = 0x07;

    private static final int FREEFORM = 0x02;
    private static final int MM_CORE_STANDALONE = 0x0F;

    private static final int LONG_HEADER = 32;
    private static final int FILE_CHECKSUM_OFFSET = 17;
    private static final int TYPE_OFFSET = 18;
    private static final int ATTRIBUTES_OFFSET = 19;
    private static final int SIZE_OFFSET = 20;
    private static final int STATE_OFFSET = 23;
    private static final int LARGE_FILE = 0x01;
    private static final int CHECKSUM = 0x40;
    private static final int DATA_VALID = 0x04;
    private static final int DELETED_OR_INVALID = 0x30;

    /** Whether no file was written at {@code offset}: its header has erased bits only. */
    static boolean erased(ByteBuffer volume, int offset, boolean ones) {
        long bits = ones ? -1 : 0;
        return volume.getLong(offset) == bits
                && volume.getLong(offset + 8) == bits
                && volume.getLong(offset + 16) == bits;
    }

    /** The file whose header is at {@code offset}. */
    static FirmwareFile at(ByteBuffer volume, int offset, boolean ones, String where) throws FirmwareException {
        int attributes = volume.get(offset + ATTRIBUTES_OFFSET);
        boolean large = (attributes & LARGE_FILE) != 0;
        int header = large ? LONG_HEADER : HEADER;
        int room = volume.limit() - offset;
        long size = large && room >= LONG_HEADER
                ? volume.getLong(offset + HEADER)
                : volume.getInt(offset + SIZE_OFFSET) & 0xFF_FFFF;
        if (size < header || size > room) {
            throw damaged(offset, where, "its size is wrong");
        }
        // The checksum is over the header without the state and the file's checksum (3.2.3.1).
        int sum = sum8(volume, offset, header)
                - volume.get(offset + STATE_OFFSET)
                - volume.get(offset + FILE_CHECKSUM_OFFSET);
        if ((sum & 0xFF) != 0) {
            throw damaged(offset, where, "the checksum of its header is wrong");
        }
        int type = Byte.toUnsignedInt(volume.get(offset + TYPE_OFFSET));
        int state = volume.get(offset + STATE_OFFSET) ^ (ones ? 0xFF : 0);
        boolean there = (state & DATA_VALID) != 0 && (state & DELETED_OR_INVALID) == 0;
        if (there && (attributes & CHECKSUM) != 0) {
            int body = sum8(volume, offset + header, (int) size - header) + volume.get(offset + FILE_CHECKSUM_OFFSET);
            if ((body & 0xFF) != 0) {
                throw damaged(offset, where, "its checksum is wrong");
            }
        }
        return new FirmwareFile(
                type,
                there,
                (int) size,
                volume.slice(offset + header, (int) size - header).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static FirmwareException damaged(int offset, String where, String what) {
        return new FirmwareException("is damaged: the file at 0x%x in %s: %s".formatted(offset, where, what));
    }

    private static int sum8(ByteBuffer data, int offset, int length) {
        int sum = 0;
        for (int at = offset; at < offset + length; at++) {
            sum += data.get(at);
        }
        return sum;
    }

    /** Whether its body is sections: not so for raw files, for those that fill space, and for types of a vendor's own. */
    boolean hasSections() {
        return type >= FREEFORM && type <= MM_CORE_STANDALONE;
    }
}
