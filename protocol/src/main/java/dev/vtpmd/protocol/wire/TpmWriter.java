package dev.vtpmd.protocol.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes TPM structures into a byte array that grows as needed, big-endian.
 *
 * <p>Not safe for use by several threads.
 */
public final class TpmWriter {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] buffer;
    private int position;

    /** An empty writer with room for {@code capacity} bytes before it has to grow. */
    public TpmWriter(int capacity) {
        this.buffer = new byte[capacity];
    }

    /** An empty writer. */
    public TpmWriter() {
        this(128);
    }

    /** What {@code structure} writes. */
    public static byte[] toByteArray(Consumer<TpmWriter> structure) {
        TpmWriter out = new TpmWriter();
        structure.accept(out);
        return out.toByteArray();
    }

    /** Number of bytes written, which is the offset of the next one. */
    public int position() {
        return position;
    }

    /** Goes back to {@code newPosition} and forgets what was written after it. */
    public void truncate(int newPosition) {
        this.position = newPosition;
    }

    /**
     * Starts anew. An array that has grown beyond {@code capacity} bytes is wiped and given up for one of that size, unless what
     * was written last has needed it: more like that may come.
     */
    public void restart(int capacity) {
        if (buffer.length > capacity && position <= capacity) {
            Arrays.fill(buffer, (byte) 0);
            buffer = new byte[capacity];
        }
        position = 0;
    }

    /** The array that is written into; valid until the next write. */
    public byte[] array() {
        return buffer;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, position);
    }

    /** Writes a UINT8: the low 8 bits of {@code value}. */
    public void u8(int value) {
        ensure(1);
        buffer[position++] = (byte) value;
    }

    /** Writes a UINT16: the low 16 bits of {@code value}. */
    public void u16(int value) {
        ensure(2);
        SHORTS.set(buffer, position, (short) value);
        position += 2;
    }

    /** Writes a UINT32. */
    public void u32(int value) {
        ensure(4);
        INTS.set(buffer, position, value);
        position += 4;
    }

    /** Writes a UINT64. */
    public void u64(long value) {
        ensure(8);
        LONGS.set(buffer, position, value);
        position += 8;
    }

    /** Writes a TPMI_YES_NO: one byte, 1 for YES. */
    public void yesNo(boolean value) {
        u8(value ? 1 : 0);
    }

    /** Writes {@code bytes} without a size. */
    public void bytes(byte[] bytes) {
        bytes(bytes, 0, bytes.length);
    }

    /** Writes {@code length} of {@code bytes} from {@code offset} on, without a size. */
    public void bytes(byte[] bytes, int offset, int length) {
        ensure(length);
        System.arraycopy(bytes, offset, buffer, position, length);
        position += length;
    }

    /** Writes the size of {@code bytes} as UINT16, and the bytes. */
    public void sizedBytes(byte[] bytes) {
        u16(bytes.length);
        bytes(bytes);
    }

    /** Writes a TPM2B that holds a structure: its size as UINT16, and what {@code content} writes. */
    public void sized(Consumer<TpmWriter> content) {
        int start = position;
        u16(0);
        content.accept(this);
        putU16(start, position - start - 2);
    }

    /** Writes a TPML: the number of {@code elements} as UINT32, and each of them with {@code element}. */
    public <T> void list(List<T> elements, BiConsumer<? super T, TpmWriter> element) {
        u32(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            element.accept(elements.get(i), this);
        }
    }

    /** Overwrites the UINT16 at {@code offset}. */
    public void putU16(int offset, int value) {
        SHORTS.set(buffer, offset, (short) value);
    }

    /** Overwrites the UINT32 at {@code offset}. */
    public void putU32(int offset, int value) {
        INTS.set(buffer, offset, value);
    }

    /** Zeroes the array and starts anew. For a writer that held secrets. */
    public void wipe() {
        Arrays.fill(buffer, (byte) 0);
        position = 0;
    }

    private void ensure(int count) {
        if (buffer.length - position < count) {
            byte[] grown = new byte[Math.max(buffer.length * 2, position + count)];
            System.arraycopy(buffer, 0, grown, 0, position);
            Arrays.fill(buffer, (byte) 0);
            buffer = grown;
        }
    }
}
