package dev.vtpmd.daemon.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A section of a file in a firmware volume (PI Volume 3, 3.2.4: EFI_COMMON_SECTION_HEADER).
 *
 * @param type EFI_SECTION_...
 * @param headerSize bytes of the common header, 4 or 8
 * @param content what is behind the common header, little-endian
 */
record FirmwareSection(int type, int headerSize, ByteBuffer content) {
    /** EFI_SECTION_COMPRESSION: UEFI's own compression. */
    static final int COMPRESSION = 0x01;

    /** EFI_SECTION_GUID_DEFINED: a GUID says how sections are to be made of it. */
    static final int GUID_DEFINED = 0x02;

    /** EFI_SECTION_DISPOSABLE: sections that nobody needs. */
    static final int DISPOSABLE = 0x03;

    /** EFI_SECTION_PE32. */
    static final int PE32 = 0x10;

    /** EFI_SECTION_TE. */
    static final int TE = 0x12;

    /** EFI_SECTION_FIRMWARE_VOLUME_IMAGE. */
    static final int FIRMWARE_VOLUME_IMAGE = 0x17;

    private static final int HEADER = 4;
    private static final int LONG_HEADER = 8;
    /** A size that says that the size is in the longer header. */
    private static final int LONG = 0xFF_FFFF;

    /**
     * All sections in {@code data}.
     *
     * @throws FirmwareException if they are damaged
     */
    static List<FirmwareSection> all(ByteBuffer data, String where) throws FirmwareException {
        List<FirmwareSection> sections = new ArrayList<>();
        int offset = 0;
        while (data.limit() - offset >= HEADER) {
            long size = data.getInt(offset) & 0xFF_FFFF;
            int header = HEADER;
            if (size == LONG && data.limit() - offset >= LONG_HEADER) {
                size = Integer.toUnsignedLong(data.getInt(offset + HEADER));
                header = LONG_HEADER;
            }
            if (size < header || size > data.limit() - offset) {
                throw new FirmwareException("is damaged: the size of a section in " + where + " is wrong");
            }
            int type = Byte.toUnsignedInt(data.get(offset + 3));
            ByteBuffer content = data.slice(offset + header, (int) size - header);
            sections.add(new FirmwareSection(type, header, content.order(ByteOrder.LITTLE_ENDIAN)));
            offset = (int) Math.min((offset + size + 3) & ~3L, data.limit());
        }
        return sections;
    }
}
