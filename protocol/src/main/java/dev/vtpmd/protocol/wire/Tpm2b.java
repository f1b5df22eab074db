package dev.vtpmd.protocol.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A TPM2B of opaque bytes: a 16-bit size and that many bytes (Part 2, 10.4). Every TPM2B_DIGEST, TPM2B_NONCE, TPM2B_DATA and
 * so on is one of these; what tells them apart is the largest size that a reader accepts.
 *
 * <p>Immutable as seen from outside, but for {@link #wipe}. {@code equals} takes the same time wherever the bytes differ, and
 * {@code toString} shows the size alone, because many of these are secrets.
 */
public final class Tpm2b {
    /** The empty buffer. */
    public static final Tpm2b EMPTY = new Tpm2b(new byte[0]);

    private final byte[] bytes;

    private Tpm2b(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A buffer with a copy of {@code bytes}. */
    public static Tpm2b copyOf(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Tpm2b(bytes.clone());
    }

    /** A buffer around {@code bytes}, which the caller gives up. */
    public static Tpm2b wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Tpm2b(bytes);
    }

    /** {@code size} zero bytes. */
    public static Tpm2b zeros(int size) {
        return wrap(new byte[size]);
    }

    /**
     * Reads a TPM2B of at most {@code maximum} bytes.
     *
     * @throws TpmException TPM_RC_SIZE if it is larger, TPM_RC_INSUFFICIENT if its bytes are not all there
     */
    public static Tpm2b read(TpmReader in, int maximum) {
        return wrap(in.sizedBytes(maximum));
    }

    /** Writes the size and the bytes. */
    public void write(TpmWriter out) {
        out.sizedBytes(bytes);
    }

    /** Number of bytes, without the size field. */
    public int size() {
        return bytes.length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** A copy of the bytes, without the size field. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes themselves, for reading only: for code that hashes or compares them and keeps no reference. */
    public byte[] bytes() {
        return bytes;
    }

    /** This buffer without the zeros at its end, as authValues are compared (Part 1, 19.6.4.3). */
    public Tpm2b withoutTrailingZeros() {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length == bytes.length ? this : wrap(Arrays.copyOf(bytes, length));
    }

    /** This buffer with zeros at its end up to {@code size} bytes; itself when it is that long already. */
    public Tpm2b paddedTo(int size) {
        return bytes.length >= size ? this : wrap(Arrays.copyOf(bytes, size));
    }

    /** Overwrites the bytes with zeros. For the owner of a secret that is done with. */
    public void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tpm2b that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Tpm2b[" + bytes.length + " bytes]";
    }
}
