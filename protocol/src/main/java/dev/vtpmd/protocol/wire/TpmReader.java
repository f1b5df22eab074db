package dev.vtpmd.protocol.wire;

import dev.vtpmd.protocol.constant.TpmRc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Reads TPM structures from a byte array, big-endian. Reading past the end is TPM_RC_INSUFFICIENT. Which algorithms may
 * appear is decided by the {@link AlgorithmProfile} of the TPM that reads.
 *
 * <p>Not safe for use by several threads.
 */
public final class TpmReader {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final AlgorithmProfile profile;
    private byte[] buffer;
    private int position;
    private int limit;

    /** A reader of all of {@code buffer}. */
    public TpmReader(byte[] buffer, AlgorithmProfile profile) {
        this(buffer, 0, buffer.length, profile);
    }

    /** A reader of {@code length} bytes of {@code buffer} from {@code offset} on. */
    public TpmReader(byte[] buffer, int offset, int length, AlgorithmProfile profile) {
        this.profile = profile;
        reset(buffer, offset, length);
    }

    /** Starts anew with {@code length} bytes of {@code newBuffer} from {@code offset} on. */
    public void reset(byte[] newBuffer, int offset, int length) {
        this.buffer = newBuffer;
        this.position = offset;
        this.limit = offset + length;
    }

    /** The algorithms that may appear in what is read. */
    public AlgorithmProfile profile() {
        return profile;
    }

    /** Number of bytes not yet read. */
    public int remaining() {
        return limit - position;
    }

    /** Offset of the next byte in the array that is read. */
    public int position() {
        return position;
    }

    /** Goes to {@code newPosition}, an offset in the array that is read, not beyond the limit. */
    public void position(int newPosition) {
        this.position = newPosition;
    }

    /** The array that is read. */
    public byte[] array() {
        return buffer;
    }

    /** Offset in the array of the first byte that is not to be read. */
    public int limit() {
        return limit;
    }

    /** Moves the end of what is to be read to {@code newLimit}, an offset in the array. */
    public void limit(int newLimit) {
        this.limit = newLimit;
    }

    /** Reads a UINT8, 0 to 255. */
    public int u8() {
        require(1);
        return buffer[position++] & 0xFF;
    }

    /** Reads a UINT16, 0 to 65535. */
    public int u16() {
        require(2);
        int value = (short) SHORTS.get(buffer, position) & 0xFFFF;
        position += 2;
        return value;
    }

    /** Reads a UINT32 or INT32. The int has the 32 bits of the wire. */
    public int u32() {
        require(4);
        int value = (int) INTS.get(buffer, position);
        position += 4;
        return value;
    }

    /** Reads a UINT64. The long has the 64 bits of the wire. */
    public long u64() {
        require(8);
        long value = (long) LONGS.get(buffer, position);
        position += 8;
        return value;
    }

    /**
     * Reads a TPMI_YES_NO (Part 2, 9.2): one byte, 1 for YES.
     *
     * @throws TpmException TPM_RC_VALUE if it is neither 0 nor 1
     */
    public boolean yesNo() {
        int value = u8();
        if (value > 1) {
            throw TpmException.of(TpmRc.VALUE);
        }
        return value == 1;
    }

    /** Reads {@code count} bytes. */
    public byte[] bytes(int count) {
        require(count);
        byte[] bytes = Arrays.copyOfRange(buffer, position, position + count);
        position += count;
        return bytes;
    }

    /** Reads a UINT16 size of at most {@code maximum}, else TPM_RC_SIZE, and that many bytes. */
    public byte[] sizedBytes(int maximum) {
        int size = u16();
        if (size > maximum) {
            throw TpmException.of(TpmRc.SIZE);
        }
        return bytes(size);
    }

    /** Passes over {@code count} bytes. */
    public void skip(int count) {
        require(count);
        position += count;
    }

    /**
     * Reads a TPM2B that holds a structure: the size must be what the structure takes.
     *
     * <p>As in the reference, the size does not bound the structure: one that is longer than its size says takes bytes of
     * what follows, and only then is found out.
     *
     * @throws TpmException TPM_RC_SIZE if the size is zero or not what the structure takes, and what {@code content} throws
     */
    public <T> T sized(Content<T> content) {
        int size = u16();
        if (size == 0) {
            throw TpmException.of(TpmRc.SIZE);
        }
        int start = position;
        T value = content.read(this);
        if (position - start != size) {
            throw TpmException.of(TpmRc.SIZE);
        }
        return value;
    }

    /**
     * Reads a TPML: a UINT32 count of at most {@code maximum}, and that many elements.
     *
     * @throws TpmException TPM_RC_SIZE if there are more, and what {@code element} throws
     */
    public <T> List<T> list(int maximum, Content<? extends T> element) {
        int count = u32();
        if (Integer.compareUnsigned(count, maximum) > 0) {
            throw TpmException.of(TpmRc.SIZE);
        }
        Object[] elements = new Object[count];
        for (int i = 0; i < count; i++) {
            elements[i] = element.read(this);
        }
        // Every element came from a reader of T.
        @SuppressWarnings("unchecked")
        List<T> list = (List<T>) List.of(elements);
        return list;
    }

    private void require(int count) {
        if (limit - position < count) {
            throw TpmException.of(TpmRc.INSUFFICIENT);
        }
    }

    /** Reads one structure; usually a reference to its static {@code read} method. */
    @FunctionalInterface
    public interface Content<T> {
        /** Reads the structure, or throws the {@link TpmException} that Part 2 gives. */
        T read(TpmReader in);
    }
}
