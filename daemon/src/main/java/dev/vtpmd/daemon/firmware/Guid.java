package dev.vtpmd.daemon.firmware;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * An EFI_GUID: its first three fields are little-endian, the others bytes.
 *
 * @param low the first 8 of its 16 bytes, as a little-endian number
 * @param high the others
 */
record Guid(long low, long high) {
    static final int SIZE = 16;

    /** EFI_FIRMWARE_FILE_SYSTEM2_GUID (PI Volume 3, 3.2.2). */
    static final Guid FILE_SYSTEM_2 = of("8c8ce578-8a3d-4f1c-9935-896185c32dd3");

    /** EFI_FIRMWARE_FILE_SYSTEM3_GUID (PI Volume 3, 3.2.2): as the former, with files of 16 MiB and more. */
    static final Guid FILE_SYSTEM_3 = of("5473c07a-3dcb-4dca-bd6f-1e9689e7349a");

    /** EFI_SYSTEM_NV_DATA_FV_GUID: the volume in which EDK II keeps variables. */
    static final Guid VARIABLES = of("fff12b8d-7696-4c8b-a985-2747075b4f50");

    /** The GUID of EDK II's sections that LZMA has compressed, with the header of a .lzma file. */
    static final Guid LZMA_SECTION = of("ee4e5898-3914-4259-9d6e-dc7bd79403cf");

    /** EFI_TCG2_PROTOCOL_GUID (TCG EFI Protocol Specification, Family 2.0, 6.1). */
    static final Guid TCG2_PROTOCOL = of("607f766c-7455-42be-930b-e4d76db2720f");

    /** EFI_TCG2_FINAL_EVENTS_TABLE_GUID (TCG EFI Protocol Specification, Family 2.0, 7). */
    static final Guid TCG2_FINAL_EVENTS_TABLE = of("1e2ed096-30e2-4254-bd89-863bbef82325");

    /** The GUID that its text form names. */
    static Guid of(String text) {
        UUID uuid = UUID.fromString(text);
        long high = uuid.getMostSignificantBits();
        long fields = (high >>> 32) | (high & 0xFFFF_0000L) << 16 | (high & 0xFFFFL) << 48;
        return new Guid(fields, Long.reverseBytes(uuid.getLeastSignificantBits()));
    }

    /** The GUID at {@code offset} of a little-endian buffer. */
    static Guid at(ByteBuffer data, int offset) {
        return new Guid(data.getLong(offset), data.getLong(offset + 8));
    }

    /** Whether its bytes are anywhere in a little-endian buffer. */
    boolean in(ByteBuffer data) {
        for (int offset = 0; offset <= data.limit() - SIZE; offset++) {
            if (data.getLong(offset) == low && data.getLong(offset + 8) == high) {
                return true;
            }
        }
        return false;
    }

    /** The text form, as EDK II's build files have it. */
    @Override
    public String toString() {
        long first = (low & 0xFFFF_FFFFL) << 32 | (low >>> 32 & 0xFFFFL) << 16 | low >>> 48;
        return new UUID(first, Long.reverseBytes(high)).toString();
    }
}
