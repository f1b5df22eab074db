package dev.vtpmd.daemon.firmware;

import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;

/** Builds firmware images as PI Volume 3, chapter 3, describes them, all numbers written out. */
public final class TestFirmware {
    static final String FILE_SYSTEM_2 = "8c8ce578-8a3d-4f1c-9935-896185c32dd3";
    static final String VARIABLES = "fff12b8d-7696-4c8b-a985-2747075b4f50";
    static final String LZMA = "ee4e5898-3914-4259-9d6e-dc7bd79403cf";
    static final String TCG2_PROTOCOL = "607f766c-7455-42be-930b-e4d76db2720f";
    static final String FINAL_EVENTS = "1e2ed096-30e2-4254-bd89-863bbef82325";

    private TestFirmware() {}

    /** UEFI firmware for x86-64 with TPM 2.0 support, compressed as OVMF is. */
    public static byte[] withTpm() {
        return compressed(driver(TCG2_PROTOCOL, FINAL_EVENTS));
    }

    /** The same without its support for TPMs: another driver only asks for the protocol. */
    public static byte[] withoutTpm() {
        return compressed(driver(TCG2_PROTOCOL));
    }

    /** An image of one volume that has, compressed in it, another with a DXE core and {@code driver}. */
    static byte[] compressed(byte[] driver) {
        byte[] inner = volume(FILE_SYSTEM_2, dxeCore(0x8664), driver);
        byte[] sections = lzma(section(0x17, inner));
        return volume(FILE_SYSTEM_2, file(0x0B, 0x00, guided(LZMA, 1, sections)));
    }

    /** The core of the driver execution environment, a PE file for {@code machine}. */
    static byte[] dxeCore(int machine) {
        ByteBuffer program = ByteBuffer.allocate(0x100).order(ByteOrder.LITTLE_ENDIAN);
        program.put(0, new byte[] {'M', 'Z'}).putInt(0x3C, 0x80);
        program.put(0x80, new byte[] {'P', 'E', 0, 0}).putShort(0x84, (short) machine);
        return file(0x05, 0x00, section(0x10, program.array()));
    }

    /** A driver with these GUIDs in its program, not aligned. */
    static byte[] driver(String... guids) {
        byte[] program = new byte[5];
        for (String guid : guids) {
            program = joined(program, guid(guid), new byte[3]);
        }
        return file(0x07, 0x40, section(0x10, program));
    }

    /** A volume with a header of one block map entry, and 64 erased bytes at its end. */
    static byte[] volume(String fileSystem, byte[]... files) {
        byte[] content = {};
        for (byte[] file : files) {
            content = joined(content, file, erased(-file.length & 7));
        }
        content = joined(content, erased(64));
        ByteBuffer header = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        header.put(16, guid(fileSystem)).putLong(32, 72 + content.length).put(40, new byte[] {'_', 'F', 'V', 'H'});
        header.putInt(44, 0x800).putShort(48, (short) 72).put(55, (byte) 2);
        header.putInt(56, 1).putInt(60, 72 + content.length);
        int sum = 0;
        for (int offset = 0; offset < 72; offset += 2) {
            sum += header.getShort(offset);
        }
        header.putShort(50, (short) -sum);
        return joined(header.array(), content);
    }

    /** A file; attribute 0x40 asks for a checksum of its body. */
    static byte[] file(int type, int attributes, byte[] body) {
        byte[] header = new byte[24];
        header[18] = (byte) type;
        header[19] = (byte) attributes;
        littleEndian24(header, 20, 24 + body.length);
        header[16] = (byte) -sum(header);
        header[17] = (attributes & 0x40) != 0 ? (byte) -sum(body) : (byte) 0xAA;
        // EFI_FILE_HEADER_CONSTRUCTION, HEADER_VALID and DATA_VALID; erased bits are ones.
        header[23] = (byte) ~0x07;
        return joined(header, body);
    }

    /** A section, filled up to a multiple of four bytes. */
    static byte[] section(int type, byte[] content) {
        byte[] header = new byte[4];
        littleEndian24(header, 0, 4 + content.length);
        header[3] = (byte) type;
        return joined(header, content, new byte[-content.length & 3]);
    }

    /** A section whose encoding {@code guid} names. */
    static byte[] guided(String guid, int attributes, byte[] data) {
        byte[] header = {24, 0, (byte) attributes, 0};
        return section(0x02, joined(guid(guid), header, data));
    }

    /** As the program {@code lzma} compresses it. */
    static byte[] lzma(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LZMAOutputStream lzma = new LZMAOutputStream(out, new LZMA2Options(), plain.length)) {
            lzma.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    static byte[] guid(String text) {
        UUID uuid = UUID.fromString(text);
        long fields = uuid.getMostSignificantBits();
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (fields >>> 32))
                .putShort((short) (fields >>> 16))
                .putShort((short) fields)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    static byte[] erased(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void littleEndian24(byte[] target, int offset, int value) {
        target[offset] = (byte) value;
        target[offset + 1] = (byte) (value >> 8);
        target[offset + 2] = (byte) (value >> 16);
    }

    private static int sum(byte[] bytes) {
        int sum = 0;
        for (byte each : bytes) {
            sum += each;
        }
        return sum;
    }
}
