package dev.vtpmd.store.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A TPM on its way from one service to another. {@code docs/migration.md} has the encoding.
 *
 * @param instance its UUID
 * @param name what it was called
 * @param handover the how-manieth handover of this TPM it is
 * @param id identifies the handover
 * @param settings what goes with it; the meaning is its owner's
 * @param permanentState the TPM's
 * @param volatileState of a TPM that goes on where it was
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ExportedTpm(
        UUID instance,
        String name,
        long handover,
        UUID id,
        Map<String, String> settings,
        byte[] permanentState,
        Optional<byte[]> volatileState)
        implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int LARGEST_STATE = 16 << 20;

    /** The content of an export file. */
    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(VERSION);
            write(out, instance);
            out.writeLong(handover);
            write(out, id);
            write(out, name);
            out.writeShort(settings.size());
            for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
                write(out, setting.getKey());
                write(out, setting.getValue());
            }
            write(out, permanentState);
            write(out, volatileState.orElse(new byte[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The TPM in the content of an export file. */
    static ExportedTpm decode(byte[] content) throws ExportException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            int version = in.readUnsignedShort();
            if (version != VERSION) {
                throw new ExportException("its content has version " + version + ", and this release knows " + VERSION);
            }
            UUID instance = readUuid(in);
            long handover = in.readLong();
            UUID id = readUuid(in);
            String name = readText(in);
            Map<String, String> settings = new TreeMap<>();
            int count = in.readUnsignedShort();
            for (int i = 0; i < count; i++) {
                settings.put(readText(in), readText(in));
            }
            byte[] permanentState = readState(in);
            byte[] volatileState = readState(in);
            if (permanentState.length == 0 || in.read() >= 0) {
                throw new ExportException("its content makes no sense");
            }
            return new ExportedTpm(
                    instance,
                    name,
                    handover,
                    id,
                    settings,
                    permanentState,
                    volatileState.length == 0 ? Optional.empty() : Optional.of(volatileState));
        } catch (ExportException e) {
            throw e;
        } catch (IOException e) {
            throw new ExportException("its content makes no sense");
        }
    }

    /** Overwrites the states. */
    @Override
    public void close() {
        Arrays.fill(permanentState, (byte) 0);
        volatileState.ifPresent(state -> Arrays.fill(state, (byte) 0));
    }

    @Override
    public String toString() {
        return "ExportedTpm[" + instance + ", handover " + handover + "]";
    }

    private static void write(DataOutputStream out, UUID uuid) throws IOException {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static void write(DataOutputStream out, byte[] state) throws IOException {
        out.writeInt(state.length);
        out.write(state);
    }

    private static UUID readUuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] readState(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LARGEST_STATE) {
            throw new ExportException("its content makes no sense");
        }
        byte[] state = new byte[length];
        in.readFully(state);
        return state;
    }
}
