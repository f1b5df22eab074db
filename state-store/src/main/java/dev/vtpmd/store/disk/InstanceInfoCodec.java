package dev.vtpmd.store.disk;

import dev.vtpmd.store.DamagedFileException;
import dev.vtpmd.store.InstanceInfo;
import dev.vtpmd.store.StateStoreException;
import dev.vtpmd.store.UnknownFormatException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The content of a metadata record, big-endian: a version (2 bytes), the creation time in milliseconds since 1970 (8), the
 * name, the number of settings (2), and key and value of each. A text is its length in bytes (2) and UTF-8.
 */
final class InstanceInfoCodec {
    private static final int VERSION = 1;

    private InstanceInfoCodec() {}

    static byte[] encode(InstanceInfo info) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(VERSION);
            out.writeLong(info.created().toEpochMilli());
            writeText(out, info.name());
            out.writeShort(info.settings().size());
            for (Map.Entry<String, String> setting : info.settings().entrySet()) {
                writeText(out, setting.getKey());
                writeText(out, setting.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static InstanceInfo decode(Path folder, UUID uuid, byte[] content) throws StateStoreException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            int version = in.readUnsignedShort();
            if (version != VERSION) {
                throw new UnknownFormatException(folder, "its metadata has version " + version);
            }
            Instant created = Instant.ofEpochMilli(in.readLong());
            String name = readText(in);
            int count = in.readUnsignedShort();
            Map<String, String> settings = HashMap.newHashMap(count);
            for (int i = 0; i < count; i++) {
                settings.put(readText(in), readText(in));
            }
            return new InstanceInfo(uuid, name, created, settings);
        } catch (StateStoreException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedFileException(folder, "its metadata makes no sense");
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new IllegalArgumentException("a setting of " + bytes.length + " bytes is too long");
        }
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
