package dev.vtpmd.engine.libtpms;

import dev.vtpmd.protocol.attribute.TpmaNv;
import dev.vtpmd.protocol.wire.Tpm2b;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** The NV indices with TPMA_NV_ORDERLY as they are in RAM: attributes and data, by handle. */
final class OrderlyRam {
    private static final int MAGIC = 0x5346FEAB;
    /** Size, handle and attributes, which the size of an entry counts. */
    private static final int ENTRY_HEADER = 3 * Integer.BYTES;

    private OrderlyRam() {}

    /** An index in RAM. */
    record Entry(TpmaNv attributes, Tpm2b data) {}

    /** INDEX_ORDERLY_RAM. The list ends with a size of 0, or where another entry has no room. */
    static Map<Integer, Entry> read(LibtpmsReader in) {
        in.header("INDEX_ORDERLY_RAM", MAGIC, 2, 2);
        Map<Integer, Entry> entries = new TreeMap<>();
        long room = Integer.toUnsignedLong(in.u32());
        while (room >= ENTRY_HEADER) {
            int size = in.u32();
            if (size == 0) {
                break;
            }
            int handle = in.u32();
            TpmaNv attributes = new TpmaNv(in.u32());
            Tpm2b data = in.sized();
            if (size != ENTRY_HEADER + data.size()) {
                throw new MalformedStateException("it is damaged: an orderly NV index has another size than its data");
            }
            entries.put(handle, new Entry(attributes, data));
            room -= size;
        }
        in.end();
        return entries;
    }

    /** The same from a copy of the writer's memory, in its byte order. */
    static Map<Integer, Entry> ofMemory(Tpm2b memory) {
        ByteBuffer in = ByteBuffer.wrap(memory.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() >= ENTRY_HEADER && Integer.compareUnsigned(in.getInt(0), memory.size()) > 0) {
            in.order(ByteOrder.BIG_ENDIAN);
        }
        Map<Integer, Entry> entries = new TreeMap<>();
        while (in.remaining() >= ENTRY_HEADER) {
            int size = in.getInt();
            if (size == 0) {
                break;
            }
            int handle = in.getInt();
            TpmaNv attributes = new TpmaNv(in.getInt());
            if (size < ENTRY_HEADER || size - ENTRY_HEADER > in.remaining()) {
                throw new MalformedStateException(
                        "it is damaged: an orderly NV index is longer than the memory it is in");
            }
            byte[] data = new byte[size - ENTRY_HEADER];
            in.get(data);
            entries.put(handle, new Entry(attributes, Tpm2b.wrap(data)));
        }
        return entries;
    }
}
